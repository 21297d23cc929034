import type { Drawing } from '~/shared/api/generated/boxoffice.schemas';

/** How many colours SeatMap.module.css has for categories that the plan gives none. */
const PALETTE = 6;

/** What seats of the category, counted in the drawing, are filled with. */
export function colorOf(drawing: Drawing, category: number): string {
  return (
    drawing.categories[category]?.color ?? `var(--category-${String((category % PALETTE) + 1)})`
  );
}
