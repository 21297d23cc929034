import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getOrder,
  getOrderAnswers,
  listCancellations,
  listOrderChanges,
  listOrderConversations,
  listOrders,
  listSplits,
  listTransfers,
} from '~/shared/api/generated/boxoffice';
import type { OrderView, PageOrderRow } from '~/shared/api/generated/boxoffice.schemas';
import { areaKey } from '~/shared/organizer/queries';
import { paramsOf, type Filters } from './filters';

const LIMIT = 50;

/** Orders that match, newest first. */
export function salesQuery(organizer: string, filters: Filters) {
  return infiniteQueryOptions({
    queryKey: [...areaKey(organizer), 'orders', filters],
    queryFn: ({ pageParam, signal }) =>
      listOrders(
        organizer,
        { ...paramsOf(filters), limit: LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: PageOrderRow) => last.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
}

export function saleQuery(organizer: string, orderId: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order', orderId],
    queryFn: ({ signal }) => getOrder(organizer, orderId, { signal }),
    staleTime: 5_000,
  });
}

/** Changes of an order that cost more, newest first: at most one waits for its payment. */
export function changesQuery(organizer: string, orderId: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order', orderId, 'changes'],
    queryFn: ({ signal }) => listOrderChanges(organizer, orderId, { signal }),
    staleTime: 0,
  });
}

/** What an order has answered. */
export function answersQuery(organizer: string, order: OrderView) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order', order.id, 'answers'],
    queryFn: ({ signal }) => getOrderAnswers(organizer, order.id, { signal }),
    enabled: order.asks === true,
  });
}

/** What the buyer of an order asked. */
export function questionsQuery(organizer: string, orderId: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order', orderId, 'conversations'],
    queryFn: ({ signal }) => listOrderConversations(organizer, orderId, { signal }),
  });
}

/** What was cancelled of an order, oldest first. */
export function cancellationsQuery(organizer: string, order: OrderView) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order', order.id, 'cancellations'],
    queryFn: ({ signal }) => listCancellations(organizer, order.id, { signal }),
  });
}

/** Whose the order's tickets were and are, oldest first. */
export function transfersQuery(organizer: string, order: OrderView) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order', order.id, 'transfers'],
    queryFn: ({ signal }) => listTransfers(organizer, order.id, { signal }),
  });
}

/** Where tickets of an order went and came from, oldest first. */
export function splitsQuery(organizer: string, order: OrderView) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order', order.id, 'splits'],
    queryFn: ({ signal }) => listSplits(organizer, order.id, { signal }),
  });
}
