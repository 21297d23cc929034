export const CATEGORIES = [
  'music',
  'theatre',
  'comedy',
  'film',
  'arts',
  'festival',
  'conference',
  'workshop',
  'meetup',
  'sports',
  'food',
  'family',
  'nightlife',
  'charity',
  'other',
] as const;

/** "music" → "Music". */
export function categoryText(category: string): string {
  return category.charAt(0).toUpperCase() + category.slice(1);
}
