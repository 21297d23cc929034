import { infiniteQueryOptions, keepPreviousData, useQueryClient } from '@tanstack/react-query';
import { listPresaleRegistrations } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, RegistrationsView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { areaKey, eventQuery } from '~/shared/organizer/queries';

const LIMIT = 50;

function registrationsKey(organizer: string, eventId: string) {
  return [...areaKey(organizer), 'presale', eventId] as const;
}

/** Who has registered, who did so first first. */
export function registrationsQuery(organizer: string, eventId: string) {
  return infiniteQueryOptions({
    queryKey: registrationsKey(organizer, eventId),
    queryFn: ({ pageParam, signal }) =>
      listPresaleRegistrations(
        organizer,
        eventId,
        { limit: LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: RegistrationsView) => last.registrations.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    refetchInterval: 30_000,
  });
}

/** To be called once registrations or the presale have changed. */
export function useRefreshing(event: ManagedEvent) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: registrationsKey(slug, event.id) }),
      queryClient.invalidateQueries(eventQuery(slug, event.id)),
    ]);
}
