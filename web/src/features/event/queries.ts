import { queryOptions } from '@tanstack/react-query';
import { getAvailability, getPublicEvent } from '~/shared/api/generated/boxoffice';

export function eventQuery(organizer: string, slug: string) {
  return queryOptions({
    queryKey: ['event', organizer, slug],
    queryFn: ({ signal }) => getPublicEvent(organizer, slug, { signal }),
  });
}

const POLL_MS = 20_000;

/** Fresh ticket availability. Every browser asks at its own moment. */
export function availabilityQuery(organizer: string, slug: string, occurrenceId: string | null) {
  return queryOptions({
    queryKey: ['event', organizer, slug, 'availability', occurrenceId],
    queryFn: ({ signal }) =>
      getAvailability(
        organizer,
        slug,
        occurrenceId === null ? {} : { occurrence_id: occurrenceId },
        { signal },
      ),
    refetchInterval: () => POLL_MS * (0.75 + Math.random() / 2),
  });
}
