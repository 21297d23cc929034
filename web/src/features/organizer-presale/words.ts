import type {
  ManagedEvent,
  PresaleSettingsView,
  RegistrationCounts,
  RegistrationRow,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';

type Tone = 'good' | 'careful' | 'bad' | 'plain' | 'over';

const STATES: Record<RegistrationRow['state'], readonly [Tone, string]> = {
  unconfirmed: ['over', 'Not confirmed'],
  registered: ['plain', 'Registered'],
  won: ['good', 'Has early access'],
  lost: ['over', 'Not chosen'],
  withdrawn: ['over', 'Withdrawn'],
  removed: ['bad', 'Removed'],
};

export function stateOf({ state }: RegistrationRow): readonly [Tone, string] {
  return STATES[state];
}

export const PRESALES: Record<PresaleSettingsView['state'], readonly [Tone, string]> = {
  not_yet: ['plain', 'Not open yet'],
  open: ['good', 'Open'],
  closed: ['careful', 'Closed'],
  drawn: ['over', 'Given'],
};

/** What the state means, with its date. */
export function presaleText(presale: PresaleSettingsView, timezone: string): string {
  const at = (iso: string) => dateTimeText(iso, timezone);
  if (presale.state === 'not_yet') return `People register from ${at(presale.opens_at)}.`;
  if (presale.state === 'open') {
    return `People register on the event’s page until ${at(presale.closes_at)}.`;
  }
  if (presale.state === 'closed') {
    return 'Nobody can register any more. Early access is given within a minute, once the event is published.';
  }
  return `Early access was given ${presale.drawn_at === null ? '' : at(presale.drawn_at)}; everybody is told by mail.`;
}

/** "12 people have registered, 10 confirmed for 18 tickets." */
export function summaryText(counts: RegistrationCounts): string {
  const { registered, confirmed, units } = counts;
  const have = registered === 1 ? 'has' : 'have';
  const who = countText(registered, 'person', 'people');
  return `${who} ${have} registered, ${String(confirmed)} confirmed for ${countText(units, 'ticket')}.`;
}

/** "5 got early access to 9 tickets; 4 of those are bought." */
export function drawnText({ drawn, drawn_units: units, bought }: RegistrationCounts): string {
  return `${String(drawn)} got early access to ${countText(units, 'ticket')}; ${String(bought)} of those are bought.`;
}

/** "2 tickets, 1 bought or held · registered Sat 14 Mar 2027, 19:00". */
export function wishText(row: RegistrationRow, timezone: string): string {
  const used = row.state === 'won' ? `, ${String(row.used)} bought or held` : '';
  const at = dateTimeText(row.registered_at, timezone);
  return `${countText(row.quantity, 'ticket')}${used} · registered ${at}`;
}

/** How long early access lasts, as people say it. */
export const LENGTHS: readonly (readonly [minutes: number, text: string])[] = [
  [30, '30 minutes'],
  [60, '1 hour'],
  [180, '3 hours'],
  [720, '12 hours'],
  [1440, '1 day'],
  [2880, '2 days'],
  [10080, '1 week'],
];

/** "Balcony, Floor": the types that everybody can buy before early access begins. */
export function namesOf(event: ManagedEvent, ids: readonly string[]): string {
  return event.ticket_types
    .filter(({ id }) => ids.includes(id))
    .map(({ name }) => name)
    .join(', ');
}
