import type { EventPage, OccurrenceView, SlotView } from '~/shared/api/generated/boxoffice.schemas';
import { dateText } from '~/shared/format/dates';

/** The local day of an instant: "2027-03-14". */
export function dayIn(iso: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(
    new Date(iso),
  );
}

export const monthOf = (day: string) => day.slice(0, 7);

/** The first and last day of a month such as "2027-03". */
export function daysOf(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last)}` };
}

const NAMES = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "March 2027". */
export function monthText(month: string): string {
  return NAMES.format(new Date(`${month}-01T00:00:00Z`));
}

/** "Fri 8 Jan": the year stands above. */
export function dayText(iso: string, zone: string): string {
  return dateText(iso, zone).slice(0, -5);
}

/** The date that takes place next; without one, the first there is. */
export function nextOf(event: Pick<EventPage, 'occurrences'>): OccurrenceView | undefined {
  const { occurrences } = event;
  return occurrences.find(({ status }) => status !== 'cancelled') ?? occurrences[0];
}

/** What is known of a month before the calendar is: its dates, but not what is left. */
export function knownSlots(event: EventPage, month: string): SlotView[] {
  return event.occurrences
    .map((date) => ({
      occurrence_id: date.id,
      day: dayIn(date.starts_at, event.timezone),
      starts_at: date.starts_at,
      ends_at: date.ends_at,
      state: date.status === 'cancelled' ? ('cancelled' as const) : ('free' as const),
    }))
    .filter(({ day }) => monthOf(day) === month);
}

const STATES: Record<SlotView['state'], string> = {
  free: '',
  few: 'Few left',
  sold_out: 'Sold out',
  not_on_sale: 'Not on sale',
  over: 'Over',
  cancelled: 'Cancelled',
};

export const slotText = ({ state }: SlotView) => STATES[state];

/** Whether choosing it leads anywhere. */
export const canChoose = ({ state }: SlotView) => state !== 'over' && state !== 'cancelled';
