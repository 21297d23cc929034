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

/** The positions of an order, one line per ticket type and price. */
export function linesOf(order: OrderView): Line[] {
  const lines = new Map<string, Line>();
  for (const position of order.positions) {
    const { price } = position;
    const key = [position.ticket_type_id, position.variation_id, price.amount].join(' ');
    const line = lines.get(key) ?? {
      key,
      name: fullName(position),
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

function lineOf(position: OrderPositionView, price: 'same' | 'today'): OrderLineBody {
  const { ticket_type_id, variation_id, seat } = position;
  return {
    ticket_type_id,
    quantity: 1,
    ...(typeof variation_id === 'string' && { variation_id }),
    ...(price === 'same' && { price: position.list_price.amount }),
    ...(seat != null && { seats: [seat.id] }),
  };
}

function together(one: OrderLineBody, other: OrderLineBody): OrderLineBody {
  const seats = [...(one.seats ?? []), ...(other.seats ?? [])];
  return { ...one, quantity: one.quantity + other.quantity, ...(seats.length > 0 && { seats }) };
}

/** What to ask for to get the same tickets, and the same seats, at the same price or at today's. */
export function sameAgain(order: OrderView, price: 'same' | 'today'): OrderLineBody[] {
  const lines = new Map<string, OrderLineBody>();
  for (const position of order.positions) {
    const line = lineOf(position, price);
    const key = [line.ticket_type_id, line.variation_id, line.price].join(' ');
    const before = lines.get(key);
    lines.set(key, before === undefined ? line : together(before, line));
  }
  return [...lines.values()];
}
