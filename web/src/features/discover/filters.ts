import type { ListPublicEventsParams } from '~/shared/api/generated/boxoffice.schemas';

/** What the visitor narrowed the list to; it lives in the URL and nowhere else. */
export interface Filters {
  q: string;
  city: string;
  category: string;
  when: When;
  isFree: boolean;
}

export const WHENS = ['any', 'today', 'weekend', 'week', 'month'] as const;
export type When = (typeof WHENS)[number];

const isWhen = (text: string): text is When => WHENS.some((when) => when === text);

export function filtersOf(search: URLSearchParams): Filters {
  const when = search.get('when') ?? 'any';
  return {
    q: search.get('q') ?? '',
    city: search.get('city') ?? '',
    category: search.get('category') ?? '',
    when: isWhen(when) ? when : 'any',
    isFree: search.get('free') === 'true',
  };
}

/** The URL's query: only what differs from "everything". */
export function searchOf(filters: Filters): URLSearchParams {
  const pairs = {
    q: filters.q,
    city: filters.city,
    category: filters.category,
    when: filters.when === 'any' ? '' : filters.when,
    free: filters.isFree ? 'true' : '',
  };
  return new URLSearchParams(Object.entries(pairs).filter(([, value]) => value !== ''));
}

function dayText(day: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${String(day.getFullYear())}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

function daysLater(day: Date, count: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + count);
}

/** First and last day of a choice, both included. A weekend starts on Friday, or today if it has begun. */
export function daysOf(when: When, today: Date): { date_from?: string; date_to?: string } {
  const untilSunday = (7 - today.getDay()) % 7;
  const untilFriday = Math.max(0, untilSunday - 2);
  const spans: Record<When, [number, number] | null> = {
    any: null,
    today: [0, 0],
    weekend: [untilFriday, untilSunday],
    week: [0, 6],
    month: [0, 29],
  };
  const span = spans[when];
  if (span === null) return {};
  return {
    date_from: dayText(daysLater(today, span[0])),
    date_to: dayText(daysLater(today, span[1])),
  };
}

export function paramsOf(filters: Filters, today: Date): ListPublicEventsParams {
  return {
    limit: 24,
    ...(filters.q !== '' && { q: filters.q }),
    ...(filters.city !== '' && { city: filters.city }),
    ...(filters.category !== '' && { category: filters.category }),
    ...(filters.isFree && { free: true }),
    ...daysOf(filters.when, today),
  };
}

/** Each way to drop one filter, for when nothing was found. */
export function relaxations(filters: Filters): { label: string; filters: Filters }[] {
  const ways = [
    { isOn: filters.q !== '', label: `without “${filters.q}”`, drop: { q: '' } },
    { isOn: filters.city !== '', label: 'in any city', drop: { city: '' } },
    { isOn: filters.category !== '', label: 'in any category', drop: { category: '' } },
    { isOn: filters.when !== 'any', label: 'on any date', drop: { when: 'any' as const } },
    { isOn: filters.isFree, label: 'at any price', drop: { isFree: false } },
  ];
  return ways
    .filter(({ isOn }) => isOn)
    .map(({ label, drop }) => ({ label, filters: { ...filters, ...drop } }));
}
