import type { AlongView, WaitlistOfferView } from '~/shared/api/generated/boxoffice.schemas';

/** "Hoodie · M", or just "Hoodie". */
export function nameOf(offer: WaitlistOfferView | AlongView): string {
  return [offer.ticket_type_name, offer.variation_name].filter(Boolean).join(' · ');
}

/** "with 2 × Dinner and 2 × Shirt · M", or nothing. */
export function alongText({ comes_with: along }: WaitlistOfferView): string | null {
  if (along.length === 0) return null;
  return `with ${along.map((one) => `${String(one.quantity)} × ${nameOf(one)}`).join(' and ')}`;
}
