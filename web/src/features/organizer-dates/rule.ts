/** Rules of recurrence as organizers choose them, and in words. */

export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Day = (typeof DAYS)[number];
export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY';

export const DAY_NAMES: Record<Day, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

export interface RuleDraft {
  frequency: Frequency;
  interval: string;
  days: readonly Day[];
  /** A monthly series is on the day of the month, or on such a weekday of it. */
  monthly: 'day' | 'weekday';
  ends: 'never' | 'count' | 'until';
  count: string;
  until: string;
}

/** The weekday of a clock time such as "2027-03-14T19:00". */
export function dayOf(clock: string): Day {
  const day = new Date(`${clock.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return DAYS[(day + 6) % 7] ?? 'MO';
}

/** Which such weekday of its month it is: 1 to 4, or -1 for the last. */
export function nthOf(clock: string): number {
  const day = Number(clock.slice(8, 10));
  const length = new Date(Date.UTC(Number(clock.slice(0, 4)), Number(clock.slice(5, 7)), 0));
  return day + 7 > length.getUTCDate() ? -1 : Math.ceil(day / 7);
}

/** The rule in the words of RFC 5545; the first date is always one of its own. */
export function ruleOf(draft: RuleDraft, startsAt: string): string {
  const parts = [`FREQ=${draft.frequency}`];
  if (Number(draft.interval) > 1) parts.push(`INTERVAL=${String(Number(draft.interval))}`);
  if (draft.ends === 'count') parts.push(`COUNT=${String(Number(draft.count))}`);
  if (draft.ends === 'until') parts.push(`UNTIL=${draft.until.replaceAll('-', '')}`);
  if (draft.frequency === 'WEEKLY') {
    const days = DAYS.filter((day) => draft.days.includes(day) || day === dayOf(startsAt));
    parts.push(`BYDAY=${days.join(',')}`);
  }
  if (draft.frequency === 'MONTHLY' && draft.monthly === 'weekday') {
    parts.push(`BYDAY=${String(nthOf(startsAt))}${dayOf(startsAt)}`);
  }
  return parts.join(';');
}

const UNITS: Record<string, [string, string]> = {
  DAILY: ['day', 'days'],
  WEEKLY: ['week', 'weeks'],
  MONTHLY: ['month', 'months'],
  YEARLY: ['year', 'years'],
};
const NTH: Record<string, string> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
};

function dayText(text: string): string {
  const name = DAY_NAMES[text.slice(-2) as Day];
  const nth = NTH[text.slice(0, -2)];
  return nth === undefined ? name : `the ${nth} ${name}`;
}

function untilText(text: string): string {
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
}

/** "Every 2 weeks on Tuesday and Thursday, 10 times". */
export function ruleText(rule: string): string {
  const parts = new Map(rule.split(';').map((part) => part.split('=', 2) as [string, string]));
  const [one, many] = UNITS[parts.get('FREQ') ?? ''] ?? ['date', 'dates'];
  const interval = parts.get('INTERVAL');
  const days = parts.get('BYDAY')?.split(',').map(dayText);
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  return [
    interval === undefined ? `Every ${one}` : `Every ${interval} ${many}`,
    days === undefined ? '' : ` on ${new Intl.ListFormat('en').format(days)}`,
    count === undefined ? '' : `, ${count} times`,
    until === undefined ? '' : `, until ${untilText(until)}`,
  ].join('');
}
