import { queryOptions } from '@tanstack/react-query';
import { getCaughtMail, listCaughtMail } from '~/shared/api/generated/boxoffice';

export const caughtMailsQuery = queryOptions({
  queryKey: ['caught-mail'],
  queryFn: ({ signal }) => listCaughtMail({ limit: 100 }, { signal }),
  refetchInterval: 4000,
});

export function caughtMailQuery(id: string) {
  return queryOptions({
    queryKey: ['caught-mail', id],
    queryFn: ({ signal }) => getCaughtMail(id, { signal }),
    staleTime: Infinity,
  });
}
