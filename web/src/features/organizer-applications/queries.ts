import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { listApplications } from '~/shared/api/generated/boxoffice';
import type {
  ApplicationState,
  PageApplicationRow,
} from '~/shared/api/generated/boxoffice.schemas';
import { areaKey } from '~/shared/organizer/queries';

const LIMIT = 30;

export type Sorting = 'sent' | 'score';

/** Whatever lists applications of an organizer. */
export function applicationsKey(organizer: string) {
  return [...areaKey(organizer), 'applications'] as const;
}

/** Those in a state, who applied first first or the best first. */
export function applicationsQuery(organizer: string, status: ApplicationState, sort: Sorting) {
  return infiniteQueryOptions({
    queryKey: [...applicationsKey(organizer), status, sort],
    queryFn: ({ pageParam, signal }) =>
      listApplications(
        organizer,
        { status, sort, limit: LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: PageApplicationRow) => last.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
}
