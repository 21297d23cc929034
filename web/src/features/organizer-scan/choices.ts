import type { ManagedEventRow } from '~/shared/api/generated/boxoffice.schemas';

/** Events with doors, the one nearest to now first; drafts have none. */
export function choicesAt(events: readonly ManagedEventRow[], now: number): ManagedEventRow[] {
  const distance = ({ starts_at: startsAt }: ManagedEventRow) =>
    Math.abs(Date.parse(startsAt) - now);
  return events
    .filter(({ status }) => status === 'published' || status === 'ended')
    .sort((a, b) => distance(a) - distance(b));
}
