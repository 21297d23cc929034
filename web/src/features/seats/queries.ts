import { queryOptions } from '@tanstack/react-query';
import {
  getSeatAvailability,
  getSeatMapDrawing,
  getVoucherSeats,
} from '~/shared/api/generated/boxoffice';

const POLL_MS = 10_000;

/** Whatever tells which seats are free. */
export const seatsKey = (organizer: string, slug: string) => ['event', organizer, slug, 'seats'];

/** The seats that the voucher has set aside for who names it. */
export function voucherSeatsQuery(organizer: string, slug: string, code: string | null) {
  return queryOptions({
    queryKey: [...seatsKey(organizer, slug), 'voucher', code],
    queryFn: async ({ signal }) =>
      new Set((await getVoucherSeats(organizer, slug, { code: code ?? '' }, { signal })).seat_ids),
    enabled: code !== null,
    staleTime: POLL_MS,
  });
}

/** Which seats are not free. Every browser asks at its own moment. */
export function seatsQuery(organizer: string, slug: string, occurrenceId: string | null) {
  return queryOptions({
    queryKey: [...seatsKey(organizer, slug), occurrenceId],
    queryFn: ({ signal }) =>
      getSeatAvailability(
        organizer,
        slug,
        occurrenceId === null ? {} : { occurrence_id: occurrenceId },
        { signal },
      ),
    refetchInterval: () => POLL_MS * (0.75 + Math.random() / 2),
  });
}

/** The map at the path that availability names: its last part is the version. */
export function drawingQuery(organizer: string, slug: string, path: string) {
  const version = path.slice(path.lastIndexOf('/') + 1);
  return queryOptions({
    queryKey: ['event', organizer, slug, 'drawing', version],
    queryFn: ({ signal }) => getSeatMapDrawing(organizer, slug, version, { signal }),
    staleTime: Infinity,
  });
}
