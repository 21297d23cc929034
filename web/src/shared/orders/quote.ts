import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { quoteOrder } from '~/shared/api/generated/boxoffice';
import type { OrderLineBody, QuoteBody, QuoteView } from '~/shared/api/generated/boxoffice.schemas';

const STILL_TRUE_MS = 10_000;

/** All quotes of an organizer: they are old news once a price has changed. */
export const quotesKey = (organizer: string) => ['quote', organizer];

/** What the basket costs together, with vouchers, discounts, fees and taxes. */
export function quoteQuery(organizer: string, basket: QuoteBody) {
  return queryOptions({
    queryKey: [...quotesKey(organizer), basket],
    queryFn: ({ signal }) => quoteOrder(organizer, basket, { signal }),
    placeholderData: keepPreviousData,
    staleTime: STILL_TRUE_MS,
    retry: false,
  });
}

/** The items with what the buyer has seen them cost, so that a refusal can tell old from new. */
export function asSeen(items: readonly OrderLineBody[], quote: QuoteView): OrderLineBody[] {
  const left = new Map<string, number>();
  for (const { ticket_type_id: id, price } of quote.lines) {
    left.set(id, (left.get(id) ?? 0) + price.amount);
  }
  return items.map((item) => {
    const expected_price = left.get(item.ticket_type_id) ?? 0;
    // One line tells of all lines of its type.
    left.set(item.ticket_type_id, 0);
    return { ...item, expected_price };
  });
}
