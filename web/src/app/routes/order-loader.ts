import type { LoaderFunctionArgs } from 'react-router';
import { queryClient } from '~/shared/api/queryClient';
import { withBoot } from '~/shared/api/seed';
import { orderQuery } from '~/shared/orders/queries';

/** For every page behind an order's link: takes what the server sent along. */
export function orderLoader({ params }: LoaderFunctionArgs): null {
  const query = orderQuery(params.token ?? '');
  withBoot('order', (order) => {
    queryClient.setQueryData(query.queryKey, order);
  });
  return null;
}
