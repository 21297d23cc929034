import { infiniteQueryOptions } from '@tanstack/react-query';
import { listMyOrders } from '~/shared/api/generated/boxoffice';

/** The orders of this account and this browser, newest first. */
export const myOrdersQuery = infiniteQueryOptions({
  queryKey: ['my-orders'],
  queryFn: ({ pageParam, signal }) =>
    listMyOrders({ limit: 50, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next_cursor,
  staleTime: 0,
});
