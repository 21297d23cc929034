import type {
  AddOnLineBody,
  Money,
  OrderLineBody,
  OrderPositionView,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateText, hoursText } from '~/shared/format/dates';
import { datesOf, kindText } from '~/shared/orders/names';

export interface Line {
  key: string;
  /** The date it is for: "Wed 24 Mar 2027, 19:00–22:00". */
  when: string;
  name: string;
  quantity: number;
  total: Money;
  /** Where one sits, if seats have numbers. */
  seats: readonly string[];
  /** It comes with a ticket that stands above it. */
  isExtra: boolean;
}

/** The positions of an order at their list prices, one line per ticket type and price. */
export function linesOf(order: OrderView): Line[] {
  const lines = new Map<string, Line>();
  for (const position of order.positions) {
    const { list_price: price } = position;
    const date = position.date?.occurrence_id;
    const isExtra = typeof position.parent_id === 'string';
    const parts = [position.ticket_type_id, position.variation_id, price.amount, date, isExtra];
    const key = parts.join(' ');
    const line = lines.get(key) ?? {
      key,
      name: kindText(position),
      when: whenText(order, position),
      isExtra,
      quantity: 0,
      total: { ...price, amount: 0 },
      seats: [],
    };
    lines.set(key, {
      ...line,
      quantity: line.quantity + 1,
      seats: [...line.seats, ...seatLabels(position)],
      total: { ...price, amount: line.total.amount + price.amount },
    });
  }
  return [...lines.values()];
}

function whenText(order: OrderView, position: OrderPositionView): string {
  const { starts_at, ends_at } = datesOf(order, position);
  const zone = order.timezone;
  return `${dateText(starts_at, zone)}, ${hoursText(starts_at, ends_at, zone)}`;
}

/** The lines of each date; of an order for one date alone there is nothing to tell apart. */
export function linesByDate(order: OrderView): { when: string | null; lines: Line[] }[] {
  const lines = linesOf(order);
  const dates = [...new Set(lines.map(({ when }) => when))];
  if (dates.length < 2) return [{ when: null, lines }];
  return dates.map((when) => ({ when, lines: lines.filter((line) => line.when === when) }));
}

function seatLabels({ seat }: OrderPositionView): string[] {
  return seat == null ? [] : [seat.label];
}

interface Chosen extends AddOnLineBody {
  quantity: number;
  price: number;
}

function addOnOf({ ticket_type_id, variation_id, list_price: price }: OrderPositionView): Chosen {
  const variation = typeof variation_id === 'string' && { variation_id };
  return { ticket_type_id, quantity: 1, ...variation, price: price.amount };
}

/** What was chosen with a position; what a bundle contains comes by itself. */
function addOnsOf(order: OrderView, { id }: OrderPositionView): AddOnLineBody[] {
  const chosen = new Map<string, Chosen>();
  const parts = order.positions.filter((one) => one.parent_id === id && one.bundled !== true);
  for (const line of parts.map(addOnOf)) {
    const key = [line.ticket_type_id, line.variation_id].join(' ');
    const { quantity, price } = chosen.get(key) ?? { quantity: 0, price: 0 };
    chosen.set(key, { ...line, quantity: quantity + 1, price: Math.max(price, line.price) });
  }
  return [...chosen.values()];
}

function lineOf(order: OrderView, position: OrderPositionView) {
  const { ticket_type_id, variation_id, seat, date } = position;
  const addOns = addOnsOf(order, position);
  return {
    ticket_type_id,
    quantity: 1,
    ...(typeof variation_id === 'string' && { variation_id }),
    ...(date != null && { occurrence_id: date.occurrence_id }),
    price: position.list_price.amount,
    expected_price: position.price.amount,
    seats: seat == null ? [] : [seat.id],
    ...(addOns.length > 0 && { add_ons: addOns }),
  };
}

type Wanted = ReturnType<typeof lineOf>;

function keyOf({ ticket_type_id, variation_id, price, occurrence_id, add_ons }: Wanted): string {
  return JSON.stringify([ticket_type_id, variation_id, price, occurrence_id, add_ons]);
}

/** What to ask for to get the same tickets and seats once more, at the prices that they were seen at. */
export function sameAgain(order: OrderView): OrderLineBody[] {
  const lines = new Map<string, Wanted>();
  const alone = order.positions.filter(({ parent_id: parent }) => typeof parent !== 'string');
  for (const line of alone.map((position) => lineOf(order, position))) {
    const key = keyOf(line);
    const before = lines.get(key) ?? { quantity: 0, expected_price: 0, seats: [] };
    lines.set(key, {
      ...line,
      quantity: line.quantity + before.quantity,
      expected_price: line.expected_price + before.expected_price,
      seats: [...before.seats, ...line.seats],
    });
  }
  return [...lines.values()];
}

/** The codes of the vouchers that an order has used. */
export function codesOf(order: OrderView): string[] {
  return order.reductions.filter(({ kind }) => kind === 'voucher').map(({ name }) => name);
}
