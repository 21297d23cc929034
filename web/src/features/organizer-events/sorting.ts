import type { ManagedEventRow } from '~/shared/api/generated/boxoffice.schemas';

/** What is still to come, the nearest first; then what is over, the latest first. */
export function byTime(events: readonly ManagedEventRow[]): {
  coming: ManagedEventRow[];
  past: ManagedEventRow[];
} {
  const isOver = ({ status }: ManagedEventRow) => status === 'ended' || status === 'cancelled';
  const at = ({ starts_at: startsAt }: ManagedEventRow) => Date.parse(startsAt);
  return {
    coming: events.filter((event) => !isOver(event)).sort((a, b) => at(a) - at(b)),
    past: events.filter(isOver).sort((a, b) => at(b) - at(a)),
  };
}

/** Whole percent, and never 100 before the last one is sold. */
export function percentSold(sold: number, capacity: number): number {
  if (capacity === 0) return 0;
  return Math.min(sold < capacity ? 99 : 100, Math.round((sold / capacity) * 100));
}
