import type {
  Money,
  OrderLineBody,
  OrderPositionView,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { fullName } from '~/shared/orders/names';

export interface Line {
  key: string;
  name: string;
  quantity: number;
  total: Money;
  /** Where one sits, if seats have numbers. */
  seats: readonly string[];
}

/** The positions of an order at their list prices, one line per ticket type and price. */
export function linesOf(order: OrderView): Line[] {
  const lines = new Map<string, Line>();
  for (const position of order.positions) {
    const { list_price: price } = position;
    const date = position.date?.occurrence_id;
    const key = [position.ticket_type_id, position.variation_id, price.amount, date].join(' ');
    const line = lines.get(key) ?? {
      key,
      name: fullName(position, order.timezone),
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

function seatLabels({ seat }: OrderPositionView): string[] {
  return seat == null ? [] : [seat.label];
}

function lineOf({ ticket_type_id, variation_id, seat, date, ...position }: OrderPositionView) {
  return {
    ticket_type_id,
    quantity: 1,
    ...(typeof variation_id === 'string' && { variation_id }),
    ...(date != null && { occurrence_id: date.occurrence_id }),
    price: position.list_price.amount,
    expected_price: position.price.amount,
    seats: seat == null ? [] : [seat.id],
  };
}

/** What to ask for to get the same tickets and seats once more, at the prices that they were seen at. */
export function sameAgain(order: OrderView): OrderLineBody[] {
  const lines = new Map<string, ReturnType<typeof lineOf>>();
  for (const position of order.positions) {
    const line = lineOf(position);
    const key = [line.ticket_type_id, line.variation_id, line.price, line.occurrence_id].join(' ');
    const before = lines.get(key);
    lines.set(key, {
      ...line,
      quantity: line.quantity + (before?.quantity ?? 0),
      expected_price: line.expected_price + (before?.expected_price ?? 0),
      seats: [...(before?.seats ?? []), ...line.seats],
    });
  }
  return [...lines.values()];
}

/** The codes of the vouchers that an order has used. */
export function codesOf(order: OrderView): string[] {
  return order.reductions.filter(({ kind }) => kind === 'voucher').map(({ name }) => name);
}
