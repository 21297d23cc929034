import type { WaitlistOfferView } from '~/shared/api/generated/boxoffice.schemas';

/** "Hoodie · M", or just "Hoodie". */
export function nameOf(offer: WaitlistOfferView): string {
  return [offer.ticket_type_name, offer.variation_name].filter(Boolean).join(' · ');
}
