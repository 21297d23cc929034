import { dateText } from '~/shared/format/dates';

interface Named {
  ticket_type_name: string;
  variation_name?: string | null;
  /** Another date than the order's. */
  date?: { starts_at: string } | null;
}

/** "Hoodie · M", or just "Hoodie". */
export function kindText({ ticket_type_name: type, variation_name: variation }: Named): string {
  return typeof variation === 'string' ? `${type} · ${variation}` : type;
}

/** The same; in an order for several dates with its own, as in "Place, Wed 24 Mar 2027". */
export function fullName(named: Named, zone: string): string {
  const { date } = named;
  const name = kindText(named);
  return date == null ? name : `${name}, ${dateText(date.starts_at, zone)}`;
}

interface Position extends Named {
  id: string;
  number: number;
  parent_id?: string | null;
  admits?: boolean;
}

interface Positions {
  positions: readonly Position[];
}

/** What comes with the position of that number: "2 Lunch, Shirt · L"; nothing, mostly. */
export function extrasText({ positions }: Positions, number: number): string {
  const base = positions.find((one) => one.number === number)?.id;
  const counts = new Map<string, number>();
  for (const one of positions) {
    if (base === undefined || one.parent_id !== base) continue;
    counts.set(kindText(one), (counts.get(kindText(one)) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, units]) => (units === 1 ? name : `${String(units)} ${name}`))
    .join(', ');
}

/** What to call the units of an order: items, as soon as some of them are more than tickets. */
export function nounFor({ positions }: Positions): string {
  const isPlain = positions.every(
    ({ parent_id: parent, admits }) => typeof parent !== 'string' && admits !== false,
  );
  return isPlain ? 'ticket' : 'item';
}

/** What comes with a ticket right below it, and everything else in its order. */
export function inFamilies<One extends Position>(positions: readonly One[]): One[] {
  const isAlone = ({ parent_id: parent }: One) =>
    typeof parent !== 'string' || positions.every(({ id }) => id !== parent);
  return positions
    .filter(isAlone)
    .flatMap((base) => [base, ...positions.filter((one) => one.parent_id === base.id)]);
}

interface Dates {
  starts_at: string;
  ends_at: string;
}

/** When a ticket lets somebody in: on its own date, or on that of its order. */
export function datesOf(order: Dates, ticket: { date?: Dates | null }): Dates {
  return ticket.date ?? order;
}
