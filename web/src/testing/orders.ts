import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';

const MINUTE = 60_000;
const at = (fromNow: number) => new Date(Date.now() + fromNow).toISOString();

/** A held order of two tickets at €28.50 with twelve minutes left. */
export function heldOrder(changes: Partial<OrderView> = {}): OrderView {
  const position = (number: number) => ({
    id: `p${String(number)}`,
    number,
    ticket_type_id: 'floor',
    ticket_type_name: 'Floor',
    price: { amount: 2850, currency: 'EUR' },
    list_price: { amount: 2850, currency: 'EUR' },
    discount: { amount: 0, currency: 'EUR' },
    tax: { amount: 0, currency: 'EUR' },
    reductions: [],
    attendee_name: null,
  });
  return {
    id: 'o1',
    code: 'K7QX-42',
    organizer_slug: 'paradiso',
    event_id: 'e1',
    event_slug: 'night-bus',
    event_title: 'Night Bus',
    occurrence_id: 'oc1',
    starts_at: '2027-03-13T19:00:00Z',
    ends_at: '2027-03-13T22:30:00Z',
    timezone: 'Europe/Amsterdam',
    venue: null,
    online_url: null,
    status: 'held',
    payment_status: 'none',
    refund_status: 'none',
    total: { amount: 5700, currency: 'EUR' },
    net: { amount: 5700, currency: 'EUR' },
    tax: { amount: 0, currency: 'EUR' },
    fees: [],
    taxes: [],
    reductions: [],
    positions: [position(1), position(2)],
    cancelled_positions: [],
    tickets: [],
    buyer: null,
    hold_expires_at: at(12 * MINUTE),
    server_time: at(0),
    extensions_left: 10,
    created_at: at(0),
    confirmed_at: null,
    token: 'paradiso.o1.1.mac',
    ...changes,
  };
}

export function freeOrder(changes: Partial<OrderView> = {}): OrderView {
  const order = heldOrder(changes);
  const [first] = order.positions;
  const price = { amount: 0, currency: 'EUR' };
  const free = (first === undefined ? [] : [first]).map((one) => ({
    ...one,
    price,
    list_price: price,
  }));
  return { ...order, total: price, net: price, positions: free };
}

export function confirmed(order: OrderView): OrderView {
  const tickets = order.positions.map(({ number, ticket_type_name }) => ({
    id: `t${String(number)}`,
    number,
    ticket_type_name,
    attendee_name: null,
    status: 'valid' as const,
    code: 'BX1',
  }));
  return { ...order, status: 'confirmed', tickets, confirmed_at: at(0), hold_expires_at: null };
}
