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

interface Dates {
  starts_at: string;
  ends_at: string;
}

/** When a ticket lets somebody in: on its own date, or on that of its order. */
export function datesOf(order: Dates, ticket: { date?: Dates | null }): Dates {
  return ticket.date ?? order;
}
