import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { eventsKey } from '~/shared/organizer/queries';
import { eventQuery } from '~/shared/organizer/queries';

export interface Change {
  /** Runs a command that answers with the changed event; `done` is told when it worked. */
  run: (command: () => Promise<ManagedEvent>, done?: (event: ManagedEvent) => void) => void;
  isPending: boolean;
  error: unknown;
  reset: () => void;
}

/** A change of one event: everything that shows it follows. */
export function useChange(eventId: string): Change {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (command: () => Promise<ManagedEvent>) => command(),
    onSuccess: (event) => {
      const known = eventQuery(slug, eventId).queryKey;
      queryClient.setQueryData(known, event);
      void queryClient.invalidateQueries({
        queryKey: eventsKey(slug),
        predicate: ({ queryKey }) => queryKey[3] !== 'one',
      });
    },
  });
  return {
    run: (command, done) => {
      if (!isPending) mutate(command, { ...(done !== undefined && { onSuccess: done }) });
    },
    isPending,
    error,
    reset,
  };
}
