import type {
  ManagedEvent,
  PresaleBody,
  PresaleSettingsView,
} from '~/shared/api/generated/boxoffice.schemas';
import { wholeNumber } from '~/shared/organizer/prices';
import { hoursLater, instantOf, wallClock } from '~/shared/organizer/wallClock';
import type { useAppForm } from '~/shared/ui/forms/useAppForm';

/** What is typed; times are clock times in the event's zone. */
export interface Draft {
  opens: string;
  closes: string;
  window: string;
  minutes: string;
  mode: string;
  most: string;
  total: string;
  types: string[];
}

export type Form = ReturnType<typeof useAppForm<Draft>>;

export const IDS = {
  opens: 'presale-opens',
  closes: 'presale-closes',
  window: 'presale-window',
  minutes: 'presale-minutes',
  mode: 'presale-mode',
  most: 'presale-most',
  total: 'presale-total',
  types: 'presale-types',
} as const;

/** Which field the server means. */
export const POINTERS = {
  '/opens_at': 'opens',
  '/closes_at': 'closes',
  '/window_starts_at': 'window',
  '/window_minutes': 'minutes',
  '/max_tickets': 'most',
  '/total_tickets': 'total',
  '/ticket_type_ids': 'types',
} as const;

const DAY = 24;

/** What everybody may buy: hidden types and add-ons are not given early. */
export function typesOf({ ticket_types: types }: ManagedEvent) {
  return types.filter(({ visibility }) => (visibility ?? 'public') === 'public');
}

/** A week for registering from now on, then a day of early access; or what is set. */
export function draftOf(event: ManagedEvent, presale: PresaleSettingsView | null): Draft {
  const clock = (iso: string) => wallClock(iso, event.timezone);
  const now = `${clock(new Date().toISOString()).slice(0, 13)}:00`;
  if (presale === null) {
    return {
      opens: now,
      closes: hoursLater(now, 7 * DAY),
      window: hoursLater(now, 8 * DAY),
      minutes: '1440',
      mode: 'draw',
      most: '2',
      total: '',
      types: [],
    };
  }
  return {
    opens: clock(presale.opens_at),
    closes: clock(presale.closes_at),
    window: clock(presale.window_starts_at),
    minutes: String(presale.window_minutes),
    mode: presale.mode,
    most: String(presale.max_tickets),
    total: presale.total_tickets === null ? '' : String(presale.total_tickets),
    // What is not sold to everybody any more can be chosen no more.
    types: typesOf(event)
      .map(({ id }) => id)
      .filter((id) => presale.ticket_type_ids.includes(id)),
  };
}

export function bodyOf(event: ManagedEvent, draft: Draft): PresaleBody {
  const at = (clock: string) => instantOf(clock, event.timezone) ?? '';
  return {
    opens_at: at(draft.opens),
    closes_at: at(draft.closes),
    window_starts_at: at(draft.window),
    window_minutes: Number(draft.minutes),
    mode: draft.mode === 'first_come' ? 'first_come' : 'draw',
    max_tickets: wholeNumber(draft.most, 1) ?? 1,
    total_tickets: draft.total.trim() === '' ? null : wholeNumber(draft.total, 1),
    ticket_type_ids: draft.types,
  };
}
