import type { Money, OrderView } from '~/shared/api/generated/boxoffice.schemas';

type Paid = Pick<OrderView, 'total' | 'due'>;

/** What of the total no gift card pays. */
export function dueOf({ total, due }: Paid): Money {
  return due ?? total;
}
