import type { Money, OrderLineBody, OrderView } from '~/shared/api/generated/boxoffice.schemas';

export interface Line {
  ticketTypeId: string;
  name: string;
  quantity: number;
  total: Money;
}

/** The positions of an order, one line per ticket type and price. */
export function linesOf(order: OrderView): Line[] {
  const lines = new Map<string, Line>();
  for (const position of order.positions) {
    const key = `${position.ticket_type_id} ${String(position.price.amount)}`;
    const line = lines.get(key);
    lines.set(key, {
      ticketTypeId: position.ticket_type_id,
      name: position.ticket_type_name,
      quantity: (line?.quantity ?? 0) + 1,
      total: { ...position.price, amount: (line?.total.amount ?? 0) + position.price.amount },
    });
  }
  return [...lines.values()];
}

/** What to ask for to get the same tickets once more. */
export function sameAgain(order: OrderView): OrderLineBody[] {
  const quantities = new Map<string, number>();
  for (const { ticket_type_id: id } of order.positions) {
    quantities.set(id, (quantities.get(id) ?? 0) + 1);
  }
  return [...quantities].map(([ticket_type_id, quantity]) => ({ ticket_type_id, quantity }));
}
