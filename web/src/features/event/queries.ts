import { queryOptions } from '@tanstack/react-query';
import { getAvailability, getCalendar } from '~/shared/api/generated/boxoffice';
import { daysOf } from './days';

const POLL_MS = 20_000;

/** The dates of a month with what is left of each. */
export function calendarQuery(organizer: string, slug: string, month: string) {
  return queryOptions({
    queryKey: ['event', organizer, slug, 'calendar', month],
    queryFn: ({ signal }) => getCalendar(organizer, slug, daysOf(month), { signal }),
    staleTime: POLL_MS,
  });
}

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
