import type {
  Drawing,
  ManagedEvent,
  SeatAvailability,
  SeatingView,
} from '~/shared/api/generated/boxoffice.schemas';
import { flagsOf, type Hall } from '~/shared/seats/hall';
import { Legend } from '~/shared/seats/Legend';
import { SeatList } from '~/shared/seats/SeatList';
import { SeatMap, type Mark } from '~/shared/seats/SeatMap';

/** The hall of one date as the team sees it. */
export interface OpenHall {
  drawing: Drawing;
  hall: Hall;
  taken: SeatAvailability;
}

const WORDS: Record<Mark, string> = {
  free: 'free',
  held: 'held in an order',
  gone: 'sold or kept',
  chosen: 'chosen',
};

/** How every seat stands; what was taken meanwhile is no longer among the chosen. */
export function marksOf(taken: SeatAvailability, chosen: ReadonlySet<number>): Mark[] {
  const gone = flagsOf(taken.gone, taken.seats);
  const held = flagsOf(taken.held, taken.seats);
  return gone.map((isGone, seat): Mark => {
    if (isGone) return 'gone';
    if (held[seat] === true) return 'held';
    return chosen.has(seat) ? 'chosen' : 'free';
  });
}

/** With the seat, or without it if it was there. */
export function toggled(chosen: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const after = new Set(chosen);
  if (!after.delete(index)) after.add(index);
  return after;
}

interface SeatPickerProps {
  event: ManagedEvent;
  seating: SeatingView;
  open: OpenHall;
  marks: readonly Mark[];
  onPick: (index: number) => void;
}

/** Seats to choose, on a map and in a list. */
export function SeatPicker({ event, seating, open, marks, onPick }: SeatPickerProps) {
  const list = {
    hall: open.hall,
    marks,
    wordsOf: (index: number) => WORDS[marks[index] ?? 'gone'],
    onPick,
  };
  const typeOf = (category: string) => {
    const type = seating.categories.find(({ name }) => name === category)?.ticket_type_id;
    const name = event.ticket_types.find(({ id }) => id === type)?.name ?? 'not sold';
    return name === category ? '' : name;
  };
  return (
    <>
      <Legend drawing={open.drawing} noteOf={typeOf} />
      <SeatMap {...list} />
      <SeatList {...list} />
    </>
  );
}
