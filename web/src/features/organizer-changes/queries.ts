import { queryOptions } from '@tanstack/react-query';
import { listDateChanges } from '~/shared/api/generated/boxoffice';
import type { DateChangeView } from '~/shared/api/generated/boxoffice.schemas';
import { eventsKey } from '~/shared/organizer/queries';

const POLL_MS = 2_000;

const isRunning = ({ status }: DateChangeView) => status === 'running';

/** What was decided before; asked for again while anything is still being worked on. */
export function changesQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'date-changes', eventId],
    queryFn: ({ signal }) => listDateChanges(organizer, eventId, { signal }),
    refetchInterval: ({ state }) => (state.data?.some(isRunning) === true ? POLL_MS : false),
  });
}
