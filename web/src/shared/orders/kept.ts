import type { BlockedLineView, BlockedView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';

function lineText({ name, units, seats }: BlockedLineView): string {
  const what = units === 1 ? name : `${String(units)} × ${name}`;
  return seats.length === 0 ? what : `${what} (${seats.join('; ')})`;
}

/** "2 × Day, Lunch; until Sat 14 Mar 2027, 19:00": what a block keeps, and how long. */
export function keptText({ lines, until }: BlockedView, zone: string): string {
  const end = until === null ? 'until it is released' : `until ${dateTimeText(until, zone)}`;
  return `${lines.map(lineText).join(', ')}; ${end}`;
}
