import { queryOptions } from '@tanstack/react-query';
import { getWaitlistEntry } from '~/shared/api/generated/boxoffice';
import type { WaitlistEntryView } from '~/shared/api/generated/boxoffice.schemas';

const POLL_MS = 30_000;

function isMoving({ state }: WaitlistEntryView): boolean {
  return state === 'waiting' || state === 'offered';
}

/** A place in line. It is looked at again while it can move. */
export function placeQuery(token: string) {
  return queryOptions({
    queryKey: ['waitlist', token],
    queryFn: ({ signal }) => getWaitlistEntry(token, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isMoving(data) ? POLL_MS * (0.75 + Math.random() / 2) : false,
  });
}
