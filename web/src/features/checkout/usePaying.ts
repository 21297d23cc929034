import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { dueOf } from '~/shared/orders/tender';
import { useWays } from '~/shared/paying/useWays';

/** The ways to pay an order, as long as there is something to pay. */
export function usePaying(order: OrderView) {
  const isPaid = dueOf(order).amount > 0;
  const ways = useWays(order, isPaid);
  return { ...ways, isLoading: isPaid && ways.methods.isPending };
}

export type Paying = ReturnType<typeof usePaying>;
