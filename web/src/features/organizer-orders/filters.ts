import type { ListOrdersParams } from '~/shared/api/generated/boxoffice.schemas';

export const STATUSES = [
  'confirmed',
  'held',
  'awaiting_payment',
  'awaiting_approval',
  'cancelled',
  'expired',
  'rejected',
] as const;
export type OrderStatus = (typeof STATUSES)[number];

/** What the list is narrowed to; it lives in the URL and nowhere else. */
export interface Filters {
  q: string;
  event: string;
  status: OrderStatus | '';
}

export const NO_FILTERS: Filters = { q: '', event: '', status: '' };

const isStatus = (text: string): text is OrderStatus => STATUSES.some((one) => one === text);

export function filtersOf(search: URLSearchParams): Filters {
  const status = search.get('status') ?? '';
  return {
    q: search.get('q') ?? '',
    event: search.get('event') ?? '',
    status: isStatus(status) ? status : '',
  };
}

/** The URL's query: only what narrows. */
export function searchOf(filters: Filters): URLSearchParams {
  return new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
}

export function paramsOf({ q, event, status }: Filters): ListOrdersParams {
  return {
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(event !== '' && { event_id: event }),
    ...(status !== '' && { status }),
  };
}

export function isNarrowed(filters: Filters): boolean {
  return searchOf(filters).size > 0;
}
