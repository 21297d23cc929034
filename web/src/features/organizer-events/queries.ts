import { infiniteQueryOptions } from '@tanstack/react-query';
import { listEvents } from '~/shared/api/generated/boxoffice';
import type { PageManagedEventRow } from '~/shared/api/generated/boxoffice.schemas';
import { eventsKey } from '~/shared/organizer/queries';

const LIMIT = 50;

/** The organizer's events, the latest date first. */
export function eventsQuery(organizer: string) {
  return infiniteQueryOptions({
    queryKey: [...eventsKey(organizer), 'all'],
    queryFn: ({ pageParam, signal }) =>
      listEvents(
        organizer,
        { limit: LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: PageManagedEventRow) => last.next_cursor,
    staleTime: 5_000,
  });
}
