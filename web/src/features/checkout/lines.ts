import type { Money, OrderLineBody, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { fullName } from '~/shared/orders/names';

export interface Line {
  key: string;
  name: string;
  quantity: number;
  total: Money;
}

/** The positions of an order, one line per ticket type and price. */
export function linesOf(order: OrderView): Line[] {
  const lines = new Map<string, Line>();
  for (const position of order.positions) {
    const key = [position.ticket_type_id, position.variation_id, position.price.amount].join(' ');
    const line = lines.get(key);
    lines.set(key, {
      key,
      name: fullName(position),
      quantity: (line?.quantity ?? 0) + 1,
      total: { ...position.price, amount: (line?.total.amount ?? 0) + position.price.amount },
    });
  }
  return [...lines.values()];
}

/** What to ask for to get the same tickets once more, at the same price or at today's. */
export function sameAgain(order: OrderView, price: 'same' | 'today'): OrderLineBody[] {
  const lines = new Map<string, OrderLineBody>();
  for (const position of order.positions) {
    const { ticket_type_id, variation_id } = position;
    const paid = price === 'same' && { price: position.price.amount };
    const key = [ticket_type_id, variation_id, paid === false ? '' : paid.price].join(' ');
    const quantity = (lines.get(key)?.quantity ?? 0) + 1;
    const variation = typeof variation_id === 'string' && { variation_id };
    lines.set(key, { ticket_type_id, quantity, ...variation, ...paid });
  }
  return [...lines.values()];
}
