import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getManagedSeatMapDrawing,
  getManagedSeats,
  getSeatMap,
  listBlocks,
  listSeatings,
  listSeatMaps,
} from '~/shared/api/generated/boxoffice';
import type { PageSeatMapRowView, SeatingView } from '~/shared/api/generated/boxoffice.schemas';
import { areaKey, eventsKey } from '~/shared/organizer/queries';

const LIMIT = 50;
const POLL_MS = 10_000;

export const mapsKey = (organizer: string) => [...areaKey(organizer), 'seat-maps'] as const;

/** Below the event's own key: what an event's change makes stale. */
const seatsKey = (organizer: string, eventId: string) =>
  [...eventsKey(organizer), 'seats', eventId] as const;

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

export function seatingsQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...seatsKey(organizer, eventId), 'seatings'],
    queryFn: ({ signal }) => listSeatings(organizer, eventId, { signal }),
  });
}

export function drawingQuery(organizer: string, seating: SeatingView) {
  const { seat_map_id: id, version } = seating;
  return queryOptions({
    queryKey: [...mapsKey(organizer), 'drawing', id, version],
    queryFn: ({ signal }) => getManagedSeatMapDrawing(organizer, id, { version }, { signal }),
    staleTime: Infinity,
  });
}

/** What of one date is taken now. */
export function takenQuery(organizer: string, eventId: string, occurrenceId: string) {
  return queryOptions({
    queryKey: [...seatsKey(organizer, eventId), 'taken', occurrenceId],
    queryFn: ({ signal }) =>
      getManagedSeats(organizer, eventId, { occurrence_id: occurrenceId }, { signal }),
    refetchInterval: POLL_MS,
  });
}

export function blocksQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...seatsKey(organizer, eventId), 'blocks'],
    queryFn: ({ signal }) => listBlocks(organizer, eventId, { signal }),
  });
}
