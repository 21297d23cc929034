import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setEventPrices } from '~/shared/api/generated/boxoffice';
import type { EventPricesBody, EventPricesView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { eventsKey } from '~/shared/organizer/queries';
import { pricesQuery } from './queries';
import { bodyOf } from './rules';

export interface Rules {
  view: EventPricesView;
  /** Saves the rules with these parts replaced; `done` is told when it worked. */
  change: (parts: EventPricesBody, done?: () => void) => void;
  isPending: boolean;
  error: unknown;
}

/** The price rules of one event and the way to change them. */
export function useRules(eventId: string, view: EventPricesView): Rules {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (parts: EventPricesBody) =>
      setEventPrices(slug, eventId, { ...bodyOf(view), ...parts }),
    onSuccess: (changed) => {
      queryClient.setQueryData(pricesQuery(slug, eventId).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: eventsKey(slug) });
    },
  });
  return {
    view,
    change: (parts, done) => {
      if (!isPending) mutate(parts, { ...(done !== undefined && { onSuccess: done }) });
    },
    isPending,
    error,
  };
}
