import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { listVouchers } from '~/shared/api/generated/boxoffice';
import type { PageVoucherView } from '~/shared/api/generated/boxoffice.schemas';
import { areaKey } from '~/shared/organizer/queries';

const LIMIT = 50;

/** Whatever lists the vouchers of an event. */
export function vouchersKey(organizer: string, eventId: string) {
  return [...areaKey(organizer), 'vouchers', eventId] as const;
}

/** Vouchers whose code or note contains `q`, newest first. */
export function vouchersQuery(organizer: string, eventId: string, q: string) {
  return infiniteQueryOptions({
    queryKey: [...vouchersKey(organizer, eventId), q],
    queryFn: ({ pageParam, signal }) =>
      listVouchers(
        organizer,
        eventId,
        { q, limit: LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: PageVoucherView) => last.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
}
