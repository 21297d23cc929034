/** Which conversations are shown; it lives in the URL. Without any it is what waits for an answer. */
export const FILTERS = ['open', 'pending', 'resolved', 'all'] as const;
export type Filter = (typeof FILTERS)[number];

export function filterOf(search: URLSearchParams): Filter {
  const status = search.get('status');
  return FILTERS.find((filter) => filter === status) ?? 'open';
}

export function searchOf(filter: Filter): string {
  return filter === 'open' ? '' : `?status=${filter}`;
}

export const FILTER_WORDS: Record<Filter, string> = {
  open: 'Open',
  pending: 'Waiting',
  resolved: 'Resolved',
  all: 'All',
};
