import { queryOptions } from '@tanstack/react-query';
import { getEvent, listEvents } from '~/shared/api/generated/boxoffice';

const CHOICES = 100;

/** Everything kept about an organizer begins with this key. */
export function areaKey(organizer: string): readonly [string, string] {
  return ['area', organizer];
}

/** Whatever lists events; invalidated when one changes. */
export function eventsKey(organizer: string) {
  return [...areaKey(organizer), 'events'] as const;
}

/** One event as its team sees it, with its dates and its stock. */
export function eventQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'one', eventId],
    queryFn: ({ signal }) => getEvent(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}

/** The latest events, for choosing one. */
export function eventChoicesQuery(organizer: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'choices'],
    queryFn: async ({ signal }) =>
      (await listEvents(organizer, { limit: CHOICES }, { signal })).items,
  });
}
