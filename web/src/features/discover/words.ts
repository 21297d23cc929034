import type { When } from './filters';

/** Every sentence of this feature that is not part of a component's structure. */
export const words = {
  title: 'What’s on',
  lede: 'Concerts, conferences and everything worth leaving the house for. The price you see is the price you pay.',
  search: 'Search by title, place or organizer',
  allCities: 'Everywhere',
  allCategories: 'Everything',
  empty: 'Nothing matches',
  emptyAtAll: 'Nothing is on sale right now',
};

export const whenWords: Record<When, string> = {
  any: 'Any date',
  today: 'Today',
  weekend: 'This weekend',
  week: 'Next 7 days',
  month: 'Next 30 days',
};

/** "data_science" → "Data science". */
export function categoryText(category: string): string {
  const text = category.replaceAll(/[_-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
