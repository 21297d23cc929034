import type {
  EventPage,
  PresaleRegistrationView,
  PresaleView,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';

/** "Fri 12 Mar 2027, 18:00". */
export function closingText({ closes_at: at }: { closes_at: string }, timezone: string): string {
  return dateTimeText(at, timezone);
}

interface Window {
  window_starts_at: string;
  window_ends_at: string;
}

/** "Sat 13 Mar 2027, 10:00 until Sun 14 Mar 2027, 10:00". */
export function windowText({ window_starts_at, window_ends_at }: Window, timezone: string): string {
  return `${dateTimeText(window_starts_at, timezone)} until ${dateTimeText(window_ends_at, timezone)}`;
}

export function howText({ mode }: Pick<PresaleView, 'mode'>): string {
  return mode === 'draw' ? 'drawn by lot' : 'in the order of registration';
}

/** "Floor, Balcony", or that it is all of them. */
export function typesText(event: EventPage, { ticket_type_ids: ids }: PresaleView): string {
  const named = event.offers.filter(({ ticket_type_id: id }) => ids.includes(id));
  return named.length === 0 ? 'all that are sold' : named.map(({ name }) => name).join(', ');
}

const TITLES: Record<PresaleRegistrationView['state'], string> = {
  unconfirmed: 'Confirm your registration',
  registered: 'You are registered for early access',
  won: 'You have early access',
  lost: 'No early access this time',
  withdrawn: 'You have withdrawn',
  removed: 'This registration does not count any more',
};

export function titleOf({ state, early_access: early }: PresaleRegistrationView): string {
  return early?.state === 'over' ? 'Your early access is over' : TITLES[state];
}

/** When everybody may buy, as far as that is known. */
export function saleText({ sale_starts_at: at, timezone }: PresaleRegistrationView): string {
  return at === null
    ? 'You can still buy in the sale to everybody.'
    : `The sale to everybody begins ${dateTimeText(at, timezone)}.`;
}

/** Where a registration stands, apart from one that can buy. */
export function stateText(one: PresaleRegistrationView): string {
  if (!one.on_sale) return 'The event does not take place as planned, or is over; see its page.';
  if (one.state === 'unconfirmed') {
    return one.presale === 'drawn'
      ? 'It was not confirmed before early access was given, so it took no part.'
      : 'It counts once you have confirmed that this is your address.';
  }
  if (one.state === 'registered') {
    return one.presale === 'closed'
      ? 'Registration has closed. We write to you as soon as it is decided who gets early access.'
      : 'Once registration has closed we write to you whether you get early access.';
  }
  if (one.state === 'lost') {
    return `More people registered than there were places. ${saleText(one)} Good luck!`;
  }
  if (one.state === 'withdrawn') return 'We will not write about early access to this event again.';
  return 'The organizer has taken it off the list.';
}
