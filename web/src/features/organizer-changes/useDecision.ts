import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type {
  DateChangeView,
  ManagedEvent,
  OccurrenceView,
} from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { eventsKey } from '~/shared/organizer/queries';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { wallClock } from '~/shared/organizer/wallClock';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import type { Decision } from './decision';

const IDS = {
  date: 'change-date',
  refund: 'change-refund',
  refundAs: 'change-refund-as',
  percent: 'change-percent',
  perTicket: 'change-per-ticket',
  startsAt: 'change-start',
  message: 'change-message',
};

/** The form, beginning with the date that the URL names. */
export function useDecisionForm(event: ManagedEvent, dates: readonly OccurrenceView[]) {
  const [search] = useSearchParams();
  const asked = dates.find(({ id }) => id === search.get('date')) ?? dates[0];
  const form = useAppForm<Decision>(IDS, {
    date: asked?.id ?? '',
    refund: 'full',
    refundAs: 'money',
    percent: '10',
    perTicket: '0',
    startsAt: asked === undefined ? '' : wallClock(asked.starts_at, event.timezone),
    message: '',
  });
  return { form, ids: IDS };
}

type Send = (options: { headers: Record<string, string> }) => Promise<DateChangeView>;

/** Decides once, however often it has to be sent; everything that shows the event follows. */
export function useDeciding() {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const key = useOnceKey();
  return useMutation({
    mutationFn: (send: Send) => send(key.headers()),
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: eventsKey(slug) }),
  });
}
