import type { LoaderFunctionArgs } from 'react-router';
import { filtersOf } from '~/features/discover/filters';
import { discoverQuery } from '~/features/discover/queries';
import { queryClient } from '~/shared/api/queryClient';
import { withBoot } from '~/shared/api/seed';

export { Discover as Component } from '~/features/discover/Discover';

export function loader({ request }: LoaderFunctionArgs): null {
  const query = discoverQuery(filtersOf(new URL(request.url).searchParams));
  withBoot('discover', (view) => {
    queryClient.setQueryData(query.queryKey, { pages: [view], pageParams: [null] });
  });
  return null;
}
