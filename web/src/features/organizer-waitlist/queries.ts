import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { listWaitlist } from '~/shared/api/generated/boxoffice';
import type { WaitlistView } from '~/shared/api/generated/boxoffice.schemas';
import { areaKey } from '~/shared/organizer/queries';

const LIMIT = 50;

/** Whatever lists who waits for tickets of an event. */
export function waitlistKey(organizer: string, eventId: string) {
  return [...areaKey(organizer), 'waitlist', eventId] as const;
}

/** Who waits, who joined first first. */
export function waitlistQuery(organizer: string, eventId: string) {
  return infiniteQueryOptions({
    queryKey: waitlistKey(organizer, eventId),
    queryFn: ({ pageParam, signal }) =>
      listWaitlist(
        organizer,
        eventId,
        { limit: LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: WaitlistView) => last.entries.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    refetchInterval: 30_000,
  });
}
