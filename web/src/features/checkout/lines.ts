import type { Money, OrderLineBody, OrderView } from '~/shared/api/generated/boxoffice.schemas';

export interface Line {
  ticketTypeId: string;
  name: string;
  quantity: number;
  total: Money;
}

/** The positions of an order at their list prices, one line per ticket type and price. */
export function linesOf(order: OrderView): Line[] {
  const lines = new Map<string, Line>();
  for (const position of order.positions) {
    const key = `${position.ticket_type_id} ${String(position.list_price.amount)}`;
    const line = lines.get(key);
    lines.set(key, {
      ticketTypeId: position.ticket_type_id,
      name: position.ticket_type_name,
      quantity: (line?.quantity ?? 0) + 1,
      total: {
        ...position.list_price,
        amount: (line?.total.amount ?? 0) + position.list_price.amount,
      },
    });
  }
  return [...lines.values()];
}

/** What to ask for to get the same tickets once more, at the prices that they were seen at. */
export function sameAgain(order: OrderView): OrderLineBody[] {
  const items = new Map<string, { quantity: number; price: number }>();
  for (const { ticket_type_id: id, price } of order.positions) {
    const known = items.get(id) ?? { quantity: 0, price: 0 };
    items.set(id, { quantity: known.quantity + 1, price: known.price + price.amount });
  }
  return [...items].map(([ticket_type_id, { quantity, price }]) => ({
    ticket_type_id,
    quantity,
    expected_price: price,
  }));
}

/** The codes of the vouchers that an order has used. */
export function codesOf(order: OrderView): string[] {
  return order.reductions.filter(({ kind }) => kind === 'voucher').map(({ name }) => name);
}
