import { queryOptions } from '@tanstack/react-query';
import { getHiddenOffers, getPublicEvent } from '~/shared/api/generated/boxoffice';

export function eventQuery(organizer: string, slug: string) {
  return queryOptions({
    queryKey: ['event', organizer, slug],
    queryFn: ({ signal }) => getPublicEvent(organizer, slug, { signal }),
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
