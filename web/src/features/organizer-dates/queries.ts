import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { listSeries } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { eventQuery, eventsKey } from '~/shared/organizer/queries';

/** The rules that make its dates. */
export function seriesQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey(organizer), 'series', eventId],
    queryFn: ({ signal }) => listSeries(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}

/** A command that answers with the changed event: everything that shows it follows. */
export function useDates(eventId: string) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (command: () => Promise<ManagedEvent>) => command(),
    onSuccess: (event) => {
      queryClient.setQueryData(eventQuery(slug, eventId).queryKey, event);
      void queryClient.invalidateQueries({
        queryKey: eventsKey(slug),
        predicate: ({ queryKey }) => queryKey[3] !== 'one',
      });
    },
  });
}
