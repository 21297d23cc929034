import { queryOptions } from '@tanstack/react-query';
import { getChecklist, getEvent } from '~/shared/api/generated/boxoffice';
import { eventsKey } from '~/shared/organizer/queries';

const POLL_MS = 15_000;

/** The event with its stock, read anew while it sells. */
export function eventQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'one', eventId],
    queryFn: ({ signal }) => getEvent(organizer, eventId, { signal }),
    refetchInterval: POLL_MS,
    staleTime: 5_000,
  });
}

/** What stands between the event and its page. */
export function checklistQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'checklist', eventId],
    queryFn: ({ signal }) => getChecklist(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}
