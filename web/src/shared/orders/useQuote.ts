import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { QuoteBody } from '~/shared/api/generated/boxoffice.schemas';
import { quoteQuery } from './quote';

/** Presses on a stepper follow one another faster than it makes sense to ask. */
const SETTLED_MS = 200;

/** The text once it has stood for a moment. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      settle(text);
    }, SETTLED_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [text]);
  return settled;
}

/** The quote for the basket as soon as there is one; `isFor` says whether it is for this very basket. */
export function useQuote(organizer: string, basket: QuoteBody | null) {
  const text = JSON.stringify(basket);
  const settled = useSettled(text);
  const asked = JSON.parse(settled) as QuoteBody | null;
  const { data, error, isPlaceholderData } = useQuery({
    ...quoteQuery(organizer, asked ?? { event_id: '', items: [] }),
    enabled: asked !== null,
  });
  const isFor = settled === text && data !== undefined && !isPlaceholderData && error === null;
  return {
    quote: basket === null ? undefined : data,
    error: basket === null ? null : error,
    isFor,
  };
}
