import { queryOptions, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { getPresaleRegistration } from '~/shared/api/generated/boxoffice';
import type {
  EventPage,
  OfferView,
  PresaleRegistrationView,
} from '~/shared/api/generated/boxoffice.schemas';

const POLL_MS = 30_000;

function isMoving({ state, early_access: early }: PresaleRegistrationView): boolean {
  return state === 'registered' || (early !== null && early.state !== 'over');
}

/** A registration for early access. It is looked at again while it can move. */
export function registrationQuery(token: string) {
  return queryOptions({
    queryKey: ['presale', token],
    queryFn: ({ signal }) => getPresaleRegistration(token, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isMoving(data) ? POLL_MS * (0.75 + Math.random() / 2) : false,
  });
}

export interface EarlyAccess {
  token: string;
  registration: PresaleRegistrationView;
  /** What an order names to be let in; null while it lets nobody in. */
  code: string | null;
}

/** What a link such as /e/…?early=TOKEN brings along; null without, or for another event. */
export function useEarlyAccess(eventId: string | undefined): EarlyAccess | null {
  const [search] = useSearchParams();
  const token = search.get('early') ?? '';
  const { data } = useQuery({ ...registrationQuery(token), enabled: token !== '', retry: false });
  if (data?.event_id !== eventId || data?.early_access == null) return null;
  const { state, code } = data.early_access;
  return { token, registration: data, code: state === 'open' ? code : null };
}

function opened(offer: OfferView, left: number): OfferView {
  return {
    ...offer,
    state: 'on_sale',
    max_per_order: Math.min(offer.max_per_order, left),
    variations: (offer.variations ?? []).map((one) =>
      one.state === 'not_yet' ? { ...one, state: 'on_sale' as const } : one,
    ),
  };
}

/** The page as whoever has early access sees it: what is not on sale yet can be had. */
export function withEarlyAccess(event: EventPage, early: EarlyAccess | null): EventPage {
  const access = early?.registration.early_access;
  if (early?.code == null || access == null) return event;
  const types = early.registration.ticket_type_ids;
  const offers = event.offers.map((offer) => {
    const isMeant = types.length === 0 || types.includes(offer.ticket_type_id);
    const isNext = offer.state === 'not_yet' && (offer.opens_after ?? null) === null;
    return isMeant && isNext ? opened(offer, access.left) : offer;
  });
  return { ...event, offers };
}
