import { queryOptions } from '@tanstack/react-query';
import { getEvent, getOrderPolicy } from '~/shared/api/generated/boxoffice';
import { areaKey, eventsKey } from '~/shared/organizer/queries';

export function policyQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order-policy', eventId],
    queryFn: ({ signal }) => getOrderPolicy(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}

export function eventQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'one', eventId],
    queryFn: ({ signal }) => getEvent(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}
