import { queryOptions } from '@tanstack/react-query';
import { listEvents } from '~/shared/api/generated/boxoffice';

const CHOICES = 100;

/** Everything kept about an organizer begins with this key. */
export function areaKey(organizer: string): readonly [string, string] {
  return ['area', organizer];
}

/** Whatever lists events; invalidated when one changes. */
export function eventsKey(organizer: string) {
  return [...areaKey(organizer), 'events'] as const;
}

/** The latest events, for choosing one. */
export function eventChoicesQuery(organizer: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'choices'],
    queryFn: async ({ signal }) =>
      (await listEvents(organizer, { limit: CHOICES }, { signal })).items,
  });
}
