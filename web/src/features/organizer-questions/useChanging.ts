import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { eventQuery, eventsKey } from '~/shared/organizer/queries';

/** A change of the event's questions: everything that shows the event follows. */
export function useChanging(eventId: string, done?: () => void) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (command: () => Promise<ManagedEvent>) => command(),
    onSuccess: (event) => {
      void queryClient.invalidateQueries({ queryKey: eventsKey(slug) });
      queryClient.setQueryData(eventQuery(slug, eventId).queryKey, event);
      done?.();
    },
  });
}
