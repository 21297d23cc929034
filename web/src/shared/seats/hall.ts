import type { Drawing, RowDrawing } from '~/shared/api/generated/boxoffice.schemas';

export interface Seat {
  /** Its place in the drawing, which is its bit in what is not free. */
  index: number;
  ordinal: number;
  x: number;
  y: number;
  number: string;
  /** Counts in the drawing's categories. */
  category: number;
  isAccessible: boolean;
  isCompanion: boolean;
  label: string;
}

export interface HallRow {
  key: string;
  section: string;
  name: string;
  seats: readonly Seat[];
}

export interface Hall {
  drawing: Drawing;
  rows: readonly HallRow[];
  seats: readonly Seat[];
}

export type Move = 'left' | 'right' | 'up' | 'down';

/** Places that are told step by step, in tenths. */
function placesOf(steps: readonly number[]): number[] {
  let at = 0;
  return steps.map((step) => (at += step) / 10);
}

function numberOf(row: RowDrawing, place: number): string {
  return row.numbers?.[place] ?? String((row.number ?? 0) + (row.step ?? 1) * place);
}

function ordinalOf(row: RowDrawing, place: number): number {
  return row.ordinals?.[place] ?? row.first + place;
}

function rowName(row: RowDrawing): string {
  return `${row.is_table === true ? 'table' : 'row'} ${row.label}`;
}

function seatsOf(row: RowDrawing, section: string, first: number): Seat[] {
  const x = placesOf(row.x);
  const y = placesOf(row.y);
  return x.map((at, place) => {
    const number = numberOf(row, place);
    return {
      index: first + place,
      ordinal: ordinalOf(row, place),
      x: at,
      y: y[place] ?? 0,
      number,
      category: row.categories?.[place] ?? row.category ?? 0,
      isAccessible: (row.accessible ?? []).includes(place),
      isCompanion: (row.companions ?? []).includes(place),
      label: [section, rowName(row), `seat ${number}`].filter(Boolean).join(', '),
    };
  });
}

/** The drawing as seats with places and names. */
export function hallOf(drawing: Drawing): Hall {
  let count = 0;
  const rows = drawing.sections.flatMap((section, at) =>
    section.rows.map((row, place): HallRow => {
      const seats = seatsOf(row, section.name, count);
      count += seats.length;
      return {
        key: `${String(at)}-${String(place)}`,
        section: section.name,
        name: rowName(row),
        seats,
      };
    }),
  );
  return { drawing, rows, seats: rows.flatMap(({ seats }) => seats) };
}

/** The seat's id on the date that the prefix belongs to. */
export function seatId(prefix: string, ordinal: number): string {
  const hex = prefix + ordinal.toString(16).padStart(8, '0');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join('-');
}

/** One flag a seat out of Base64, the lowest bit of each byte first. */
export function flagsOf(packed: string, count: number): boolean[] {
  const bytes = atob(packed);
  return Array.from(
    { length: count },
    (_, seat) => ((bytes.charCodeAt(seat >> 3) >> (seat & 7)) & 1) === 1,
  );
}

/** The seat one step away, or the same one at the edge. */
export function stepFrom(hall: Hall, index: number, move: Move): number {
  const seat = hall.seats[index];
  if (seat === undefined) return 0;
  if (move === 'left' || move === 'right') return besideOf(hall, index, move);
  const sign = move === 'up' ? -1 : 1;
  let best = index;
  let least = Infinity;
  for (const other of hall.seats) {
    const ahead = (other.y - seat.y) * sign;
    const distance = ahead + 2 * Math.abs(other.x - seat.x);
    if (ahead > 4 && distance < least) {
      least = distance;
      best = other.index;
    }
  }
  return best;
}

function besideOf(hall: Hall, index: number, move: 'left' | 'right'): number {
  const row = hall.rows.find(({ seats }) => seats.some((seat) => seat.index === index));
  const sorted = (row?.seats ?? []).toSorted((a, b) => a.x - b.x);
  const at = sorted.findIndex((seat) => seat.index === index);
  return sorted[at + (move === 'left' ? -1 : 1)]?.index ?? index;
}
