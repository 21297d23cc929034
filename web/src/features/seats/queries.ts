import { queryOptions } from '@tanstack/react-query';
import { getSeatAvailability, getSeatMapDrawing } from '~/shared/api/generated/boxoffice';

const POLL_MS = 10_000;

/** Which seats are not free. Every browser asks at its own moment. */
export function seatsQuery(organizer: string, slug: string, occurrenceId: string | null) {
  return queryOptions({
    queryKey: ['event', organizer, slug, 'seats', occurrenceId],
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
