import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getSeatMap, listBlocks, listSeatMaps } from '~/shared/api/generated/boxoffice';
import type { PageSeatMapRowView } from '~/shared/api/generated/boxoffice.schemas';
import { mapsKey, seatsKey } from '~/shared/organizer/seats/queries';

const LIMIT = 50;

/** The organizer's maps, the newest first. */
export function mapsQuery(organizer: string) {
  return infiniteQueryOptions({
    queryKey: [...mapsKey(organizer), 'all'],
    queryFn: ({ pageParam, signal }) =>
      listSeatMaps(
        organizer,
        { limit: LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: PageSeatMapRowView) => last.next_cursor,
  });
}

export function mapQuery(organizer: string, id: string) {
  return queryOptions({
    queryKey: [...mapsKey(organizer), 'one', id],
    queryFn: ({ signal }) => getSeatMap(organizer, id, { signal }),
  });
}

export function blocksQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...seatsKey(organizer, eventId), 'blocks'],
    queryFn: ({ signal }) => listBlocks(organizer, eventId, { signal }),
  });
}
