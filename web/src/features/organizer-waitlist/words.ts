import type { WaitlistRow, WaitlistView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';

type Tone = 'good' | 'careful' | 'bad' | 'plain' | 'over';

const STATES: Record<WaitlistRow['state'], readonly [Tone, string]> = {
  waiting: ['plain', 'Waiting'],
  offered: ['careful', 'Has an offer'],
  expired: ['over', 'Missed an offer'],
  accepted: ['good', 'Took the offer'],
  declined: ['over', 'Declined'],
  left: ['over', 'Left'],
  removed: ['bad', 'Removed'],
};

export function stateOf({ state }: WaitlistRow): readonly [Tone, string] {
  return STATES[state];
}

/** "12 people wait for 20 tickets, 2 have offers". */
export function summaryText({ waiting, units, offered }: WaitlistView): string {
  const wait = waiting === 1 ? 'waits' : 'wait';
  const have = offered === 1 ? 'has an offer' : 'have offers';
  const who = countText(waiting, 'person', 'people');
  return `${who} ${wait} for ${countText(units, 'ticket')}, ${String(offered)} ${have}.`;
}

/** "2 × Floor or Balcony · joined Sat 14 Mar 2027, 19:00". */
export function wishText(row: WaitlistRow, timezone: string): string {
  const names = row.wishes.map(({ ticket_type_name: name, variation_names: variations }) =>
    variations.length === 0 ? name : `${name} (${variations.join(', ')})`,
  );
  const joined = `joined ${dateTimeText(row.joined_at, timezone)}`;
  return `${String(row.quantity)} × ${names.join(' or ')} · ${joined}`;
}

/** How long an offer lasts, as people say it. */
export const LENGTHS: readonly (readonly [minutes: number, text: string])[] = [
  [15, '15 minutes'],
  [60, '1 hour'],
  [180, '3 hours'],
  [720, '12 hours'],
  [1440, '1 day'],
  [2880, '2 days'],
  [10080, '1 week'],
];
