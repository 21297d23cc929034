import { queryOptions } from '@tanstack/react-query';
import {
  getManagedSeatMapDrawing,
  getManagedSeats,
  listSeatings,
} from '~/shared/api/generated/boxoffice';
import type { SeatingView } from '~/shared/api/generated/boxoffice.schemas';
import { areaKey, eventsKey } from '../queries';

const POLL_MS = 10_000;

export const mapsKey = (organizer: string) => [...areaKey(organizer), 'seat-maps'] as const;

/** Below the event's own key: what an event's change makes stale. */
export const seatsKey = (organizer: string, eventId: string) =>
  [...eventsKey(organizer), 'seats', eventId] as const;

/** Which dates have numbered seats, and as what these are sold. */
export function seatingsQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...seatsKey(organizer, eventId), 'seatings'],
    queryFn: ({ signal }) => listSeatings(organizer, eventId, { signal }),
  });
}

/** The map of a date. */
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
