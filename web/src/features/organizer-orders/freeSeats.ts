import { queryOptions } from '@tanstack/react-query';
import { getSeatAvailability, getSeatMapDrawing } from '~/shared/api/generated/boxoffice';
import type {
  Drawing,
  ManagedEvent,
  SeatAvailability,
} from '~/shared/api/generated/boxoffice.schemas';
import { flagsOf, hallOf, seatId } from '~/shared/seats/hall';

/** Whether tickets of that type are numbered seats on that date. */
export function isSeated(event: ManagedEvent, typeId: string, dateId: string): boolean {
  return event.quotas.some(
    (quota) =>
      quota.seated === true &&
      quota.occurrence_id === dateId &&
      quota.ticket_type_ids.includes(typeId),
  );
}

interface SeatRow {
  name: string;
  seats: { id: string; label: string }[];
}

/** The free seats that are sold as that type, row by row. */
export function freeRows(
  drawing: Drawing,
  { categories, gone, held, seats, seat_prefix: prefix }: SeatAvailability,
  typeId: string,
): SeatRow[] {
  const hall = hallOf(drawing);
  const taken = [flagsOf(gone, seats), flagsOf(held, seats)];
  const names = categories.filter((one) => one.ticket_type_id === typeId).map(({ name }) => name);
  return hall.rows
    .map((row) => ({
      name: [row.section, row.name].filter(Boolean).join(', '),
      seats: row.seats
        .filter(({ index }) => !taken.some((flags) => flags[index] === true))
        .filter(({ category }) => names.includes(drawing.categories[category]?.name ?? ''))
        .map((seat) => ({ id: seatId(prefix, seat.ordinal), label: seat.label })),
    }))
    .filter((row) => row.seats.length > 0);
}

/** Free seats of a type on a date, as of now. */
export function freeSeatsQuery(organizer: string, slug: string, dateId: string, typeId: string) {
  return queryOptions({
    queryKey: ['event', organizer, slug, 'free-seats', dateId, typeId],
    queryFn: async ({ signal }) => {
      const asked = { occurrence_id: dateId };
      const seats = await getSeatAvailability(organizer, slug, asked, { signal });
      const version = seats.drawing.slice(seats.drawing.lastIndexOf('/') + 1);
      const drawing = await getSeatMapDrawing(organizer, slug, version, { signal });
      return freeRows(drawing, seats, typeId);
    },
    staleTime: 5_000,
  });
}
