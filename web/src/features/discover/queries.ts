import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getOrganizer, listPublicEvents } from '~/shared/api/generated/boxoffice';
import type { DiscoverView } from '~/shared/api/generated/boxoffice.schemas';
import { paramsOf, type Filters } from './filters';

export function discoverQuery(filters: Filters) {
  return infiniteQueryOptions({
    queryKey: ['discover', filters],
    queryFn: ({ pageParam, signal }) =>
      listPublicEvents(
        { ...paramsOf(filters, new Date()), ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: DiscoverView) => last.next_cursor,
  });
}

export function organizerQuery(slug: string) {
  return queryOptions({
    queryKey: ['organizer', slug],
    queryFn: ({ signal }) => getOrganizer(slug, { signal }),
  });
}

/** The organizer's coming events. */
export function organizerEventsQuery(organizer: string) {
  return queryOptions({
    queryKey: ['organizer', organizer, 'events'],
    queryFn: async ({ signal }) => {
      const found = await listPublicEvents({ organizer, limit: 100 }, { signal });
      return found.items;
    },
  });
}
