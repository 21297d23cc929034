import { queryOptions } from '@tanstack/react-query';
import {
  getAvailability,
  getCalendar,
  getHiddenOffers,
  getPublicEvent,
} from '~/shared/api/generated/boxoffice';
import { daysOf } from './days';

export function eventQuery(organizer: string, slug: string) {
  return queryOptions({
    queryKey: ['event', organizer, slug],
    queryFn: ({ signal }) => getPublicEvent(organizer, slug, { signal }),
  });
}

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

const STILL_FRESH_MS = 60_000;

/** What the code reveals. Codes could be guessed, so the server counts who asks: never polled. */
export function hiddenOffersQuery(
  organizer: string,
  slug: string,
  code: string,
  occurrenceId: string | null,
) {
  return queryOptions({
    queryKey: ['event', organizer, slug, 'hidden', code, occurrenceId],
    queryFn: ({ signal }) =>
      getHiddenOffers(
        organizer,
        slug,
        { code, ...(occurrenceId !== null && { occurrence_id: occurrenceId }) },
        { signal },
      ),
    enabled: code !== '',
    retry: false,
    staleTime: STILL_FRESH_MS,
  });
}
