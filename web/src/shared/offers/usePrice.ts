import type { EventPage, Money, OrderLineBody } from '~/shared/api/generated/boxoffice.schemas';
import { asSeen } from '~/shared/orders/quote';
import { useQuote } from '~/shared/orders/useQuote';
import { allChoices } from './choices';

/** What the page says besides the tickets themselves: which date, under which codes. */
export interface Terms {
  occurrenceId: string | null;
  accessCode: string;
  voucher: string | null;
  /** The code of the buyer's early access. */
  early: string | null;
}

/** What has been chosen; `sum` are the single prices, added up. */
export interface Basket {
  items: OrderLineBody[];
  sum: Money;
  /** Whether every amount that the buyer chooses is there. */
  isComplete: boolean;
}

export function termsBody(event: EventPage, { occurrenceId, accessCode, voucher, early }: Terms) {
  const codes = [early, voucher].filter((code) => code !== null);
  return {
    event_id: event.id,
    ...(occurrenceId !== null && { occurrence_id: occurrenceId }),
    ...(accessCode !== '' && { access_code: accessCode }),
    ...(codes.length > 0 && { voucher_codes: codes }),
  };
}

/** The items at the prices that stand on the page, where those are all there is. */
function atListPrices(event: EventPage, items: readonly OrderLineBody[]): OrderLineBody[] {
  const choices = allChoices(event.offers);
  return items.map((item) => {
    const { ticket_type_id, variation_id = null, price, quantity } = item;
    const choice = choices.find(
      (one) => one.ticket_type_id === ticket_type_id && one.variationId === variation_id,
    );
    return { ...item, expected_price: (price ?? choice?.price.amount ?? 0) * quantity };
  });
}

/** What the basket costs: the sum of its prices, or a quote where it may differ. */
export function usePrice(event: EventPage, basket: Basket, terms: Terms) {
  const { items, sum, isComplete } = basket;
  const needsQuote = event.needs_quote === true || terms.voucher !== null;
  const isAsked = needsQuote && isComplete && items.length > 0;
  const asked = isAsked ? { ...termsBody(event, terms), items } : null;
  const { quote, error, isFor } = useQuote(event.organizer.slug, asked);
  const seen = (): { items: OrderLineBody[]; expected_total?: number } => {
    if (!needsQuote) return { items: atListPrices(event, items), expected_total: sum.amount };
    if (quote === undefined || !isFor) return { items };
    return { items: asSeen(items, quote), expected_total: quote.total.amount };
  };
  return { total: quote?.total ?? sum, quote, error, items, seen };
}

export type Price = ReturnType<typeof usePrice>;
