import { queryOptions } from '@tanstack/react-query';
import { getOrderPolicy } from '~/shared/api/generated/boxoffice';
import { areaKey } from '~/shared/organizer/queries';

export function policyQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'order-policy', eventId],
    queryFn: ({ signal }) => getOrderPolicy(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}
