import { queryOptions } from '@tanstack/react-query';
import { getOrderByToken } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';

/** The order behind a capability link. */
export function orderQuery(token: string) {
  return queryOptions({
    queryKey: ['order', token],
    queryFn: ({ signal }): Promise<OrderView> => getOrderByToken(token, { signal }),
    staleTime: 0,
  });
}
