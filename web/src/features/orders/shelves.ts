import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';

const SHOWN: readonly OrderView['status'][] = [
  'confirmed',
  'held',
  'awaiting_payment',
  'awaiting_approval',
];

/** Orders worth showing: what is to come, soonest first, and what is over, latest first. */
export function shelves(
  orders: readonly OrderView[],
  now: number,
): { upcoming: OrderView[]; past: OrderView[] } {
  const shown = orders.filter(({ status }) => SHOWN.includes(status));
  const bySoonest = shown.toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
  const isPast = ({ ends_at: ends }: OrderView) => Date.parse(ends) < now;
  return {
    upcoming: bySoonest.filter((order) => !isPast(order)),
    past: bySoonest.filter((order) => isPast(order) && order.status === 'confirmed').reverse(),
  };
}
