import { queryOptions } from '@tanstack/react-query';
import { getScanTotals } from '~/shared/api/generated/boxoffice';
import { areaKey } from '~/shared/organizer/queries';

const POLL_MS = 5_000;

/** How many are inside, of how many; all gates together. */
export function totalsQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'scan-totals', eventId],
    queryFn: ({ signal }) => getScanTotals(organizer, eventId, { signal }),
    refetchInterval: POLL_MS,
    staleTime: 0,
  });
}
