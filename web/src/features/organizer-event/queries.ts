import { queryOptions } from '@tanstack/react-query';
import { getChecklist } from '~/shared/api/generated/boxoffice';
import { eventQuery, eventsKey } from '~/shared/organizer/queries';

const POLL_MS = 15_000;

/** The event with its stock, read anew while it sells. */
export function sellingEventQuery(organizer: string, eventId: string) {
  return queryOptions({ ...eventQuery(organizer, eventId), refetchInterval: POLL_MS });
}

/** What stands between the event and its page. */
export function checklistQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'checklist', eventId],
    queryFn: ({ signal }) => getChecklist(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}
