import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventPage, HiddenOffersView } from '~/shared/api/generated/boxoffice.schemas';
import { hiddenOffersQuery } from './queries';

export interface Code {
  code: string;
  isLooking: boolean;
  /** Why it reveals nothing. */
  error: unknown;
  hasRevealed: boolean;
  enter: (code: string) => void;
}

/** The page with what a code has revealed laid beside the rest. */
export function withRevealed(event: EventPage, revealed: HiddenOffersView | undefined): EventPage {
  if (revealed === undefined) return event;
  const headings = [...(event.categories ?? []), ...revealed.categories];
  const byId = new Map(headings.map((heading) => [heading.id, heading]));
  return {
    ...event,
    offers: [...event.offers, ...revealed.offers],
    categories: [...byId.values()].toSorted((a, b) => a.position - b.position),
  };
}

/** A code from the link or typed in: the event with the tickets that it reveals. */
export function useCode(page: EventPage, occurrenceId: string | null) {
  const [search] = useSearchParams();
  const [code, enter] = useState(() => search.get('code')?.trim() ?? '');
  const found = useQuery(hiddenOffersQuery(page.organizer.slug, page.slug, code, occurrenceId));
  const state: Code = {
    code,
    isLooking: found.isLoading,
    error: found.error,
    hasRevealed: found.data !== undefined,
    enter,
  };
  return { state, event: withRevealed(page, found.data) };
}
