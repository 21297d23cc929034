import { queryOptions } from '@tanstack/react-query';
import { getEvent } from '~/shared/api/generated/boxoffice';
import { eventsKey } from '~/shared/organizer/queries';

export function eventQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'one', eventId],
    queryFn: ({ signal }) => getEvent(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}
