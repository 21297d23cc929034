import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getConversation, getOrder, listConversations } from '~/shared/api/generated/boxoffice';
import type { PageConversationRow } from '~/shared/api/generated/boxoffice.schemas';
import { areaKey } from '~/shared/organizer/queries';
import type { Filter } from './filters';

const LIMIT = 30;
const POLL_MS = 20_000;

export function inboxKey(organizer: string) {
  return [...areaKey(organizer), 'inbox'] as const;
}

/** Conversations, the one that changed last first. */
export function inboxQuery(organizer: string, filter: Filter) {
  return infiniteQueryOptions({
    queryKey: [...inboxKey(organizer), 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      listConversations(
        organizer,
        {
          limit: LIMIT,
          ...(filter !== 'all' && { status: filter }),
          ...(pageParam !== null && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: PageConversationRow) => last.next_cursor,
    refetchInterval: POLL_MS,
    staleTime: 5_000,
  });
}

export function conversationQuery(organizer: string, id: string) {
  return queryOptions({
    queryKey: [...inboxKey(organizer), 'one', id],
    queryFn: ({ signal }) => getConversation(organizer, id, { signal }),
    refetchInterval: POLL_MS,
    staleTime: 5_000,
  });
}

/** The order a conversation is about. */
export function orderQuery(organizer: string, orderId: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order', orderId],
    queryFn: ({ signal }) => getOrder(organizer, orderId, { signal }),
    staleTime: 30_000,
  });
}
