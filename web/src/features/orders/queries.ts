import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getApplication, listMyOrders, listSplits } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';

/** The orders of this account and this browser, newest first. */
export const myOrdersQuery = infiniteQueryOptions({
  queryKey: ['my-orders'],
  queryFn: ({ pageParam, signal }) =>
    listMyOrders({ limit: 50, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next_cursor,
  staleTime: 0,
});

/** Where the application for an order stands; read anew whenever the order has moved. */
export function applicationQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'application', order.status],
    queryFn: ({ signal }) =>
      getApplication(order.organizer_slug, order.id, { ...asHolder(order.token), signal }),
  });
}

/** Where tickets of an order went and came from; nobody waits for it. */
export function splitsQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'splits'],
    queryFn: ({ signal }) =>
      listSplits(order.organizer_slug, order.id, { ...asHolder(order.token), signal }),
    staleTime: 60_000,
    retry: false,
  });
}
