import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getGiftCard,
  getOutstandingGiftCards,
  listGiftCards,
} from '~/shared/api/generated/boxoffice';
import type { PageGiftCardView } from '~/shared/api/generated/boxoffice.schemas';
import { areaKey } from '~/shared/organizer/queries';

const LIMIT = 50;

/** Whatever shows gift cards; invalidated when one changes. */
export function giftCardsKey(organizer: string) {
  return [...areaKey(organizer), 'gift-cards'] as const;
}

/** Cards by a whole code, the end of one, or part of a note; newest first. */
export function giftCardsQuery(organizer: string, q: string) {
  return infiniteQueryOptions({
    queryKey: [...giftCardsKey(organizer), 'list', q],
    queryFn: ({ pageParam, signal }) =>
      listGiftCards(
        organizer,
        { q, limit: LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: PageGiftCardView) => last.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
}

/** What is owed on cards, by currency. */
export function outstandingQuery(organizer: string) {
  return queryOptions({
    queryKey: [...giftCardsKey(organizer), 'outstanding'],
    queryFn: ({ signal }) => getOutstandingGiftCards(organizer, { signal }),
    staleTime: 5_000,
  });
}

/** A card with its movements. */
export function giftCardQuery(organizer: string, id: string) {
  return queryOptions({
    queryKey: [...giftCardsKey(organizer), 'one', id],
    queryFn: ({ signal }) => getGiftCard(organizer, id, { signal }),
    staleTime: 5_000,
  });
}
