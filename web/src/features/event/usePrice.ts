import type { EventPage, Money, OrderLineBody } from '~/shared/api/generated/boxoffice.schemas';
import { asSeen } from '~/shared/orders/quote';
import { useQuote } from '~/shared/orders/useQuote';
import { linesFor, wrongAmount, type Amounts } from './amounts';
import type { Choice } from './choices';
import { totalOf, type Quantities } from './quantities';

/** What the page says besides the tickets themselves: which date, under which codes. */
export interface Terms {
  occurrenceId: string | null;
  accessCode: string;
  voucher: string | null;
}

interface Chosen {
  choices: readonly Choice[];
  quantities: Quantities;
  amounts: Amounts;
}

export function termsBody(event: EventPage, { occurrenceId, accessCode, voucher }: Terms) {
  return {
    event_id: event.id,
    ...(occurrenceId !== null && { occurrence_id: occurrenceId }),
    ...(accessCode !== '' && { access_code: accessCode }),
    ...(voucher !== null && { voucher_codes: [voucher] }),
  };
}

/** The items at the prices that stand on the page, where those are all there is. */
function atListPrices(items: readonly OrderLineBody[], { choices }: Chosen): OrderLineBody[] {
  return items.map((item) => {
    const { ticket_type_id, variation_id = null, price, quantity } = item;
    const choice = choices.find(
      (one) => one.ticket_type_id === ticket_type_id && one.variationId === variation_id,
    );
    return { ...item, expected_price: (price ?? choice?.price.amount ?? 0) * quantity };
  });
}

/** What the chosen tickets cost together: the sum of their prices, or a quote where it may differ. */
export function usePrice(event: EventPage, chosen: Chosen, terms: Terms) {
  const { choices, quantities, amounts } = chosen;
  const items = linesFor(choices, quantities, amounts);
  const isAskable = items.length > 0 && wrongAmount(choices, quantities, amounts) === undefined;
  const needsQuote = event.needs_quote === true || terms.voucher !== null;
  const basket = isAskable && needsQuote ? { ...termsBody(event, terms), items } : null;
  const { quote, error, isFor } = useQuote(event.organizer.slug, basket);
  const sum = totalOf(choices, quantities, amounts);
  const seen = (): { items: OrderLineBody[]; expected_total?: number } => {
    if (!needsQuote) return { items: atListPrices(items, chosen), expected_total: sum.amount };
    if (quote === undefined || !isFor) return { items };
    return { items: asSeen(items, quote), expected_total: quote.total.amount };
  };
  const total: Money = quote?.total ?? sum;
  return { total, quote, error, items, seen };
}

export type Price = ReturnType<typeof usePrice>;
