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

/** A code from the link or typed in, and what it reveals laid over the page. */
export function useCode(organizer: string, slug: string, occurrenceId: string | null) {
  const [search] = useSearchParams();
  const [code, enter] = useState(() => search.get('code')?.trim() ?? '');
  const found = useQuery(hiddenOffersQuery(organizer, slug, code, occurrenceId));
  const state: Code = {
    code,
    isLooking: found.isLoading,
    error: found.error,
    hasRevealed: found.data !== undefined,
    enter,
  };
  return { state, reveal: (page: EventPage) => withRevealed(page, found.data) };
}
