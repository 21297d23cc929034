import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getAvailability, getPublicEvent, quoteOrder } from '~/shared/api/generated/boxoffice';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { countOf, itemsOf, type Quantities } from './quantities';

export function eventQuery(organizer: string, slug: string) {
  return queryOptions({
    queryKey: ['event', organizer, slug],
    queryFn: ({ signal }) => getPublicEvent(organizer, slug, { signal }),
  });
}

/** What the chosen tickets cost together; asked only where that is not the sum of their prices. */
export function quoteQuery(
  event: EventPage,
  quantities: Quantities,
  occurrenceId: string | null,
  voucher: string | null,
) {
  const items = itemsOf(quantities);
  return queryOptions({
    queryKey: ['event', event.id, 'quote', items, occurrenceId, voucher],
    queryFn: ({ signal }) =>
      quoteOrder(
        event.organizer.slug,
        {
          event_id: event.id,
          items,
          ...(occurrenceId !== null && { occurrence_id: occurrenceId }),
          ...(voucher !== null && { voucher_codes: [voucher] }),
        },
        { signal },
      ),
    enabled: (event.needs_quote || voucher !== null) && countOf(quantities) > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
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
