import type { OrderView, PurchaseView } from '~/shared/api/generated/boxoffice.schemas';
import { strictContext } from './strictContext';

/** What this browser remembers of an order that holds tickets: enough to show and resume it. */
export interface HeldOrder {
  token: string;
  orderId: string;
  organizer: string;
  event: string;
  title: string;
  tickets: number;
  /** When the hold ends, in milliseconds of this device's own clock. */
  deadline: number;
  /** Several events bought together: token and order are those of the purchase, and here are its own. */
  parts?: readonly { event: string; orderId: string }[];
}

export interface CartState {
  held: HeldOrder | null;
}

export type CartAction =
  | { type: 'held'; order: HeldOrder }
  | { type: 'left'; orderId: string }
  | { type: 'restored'; held: HeldOrder | null };

export const CART_KEY = 'boxoffice.cart';

/** The hold's end by this device's clock, which may be minutes off the server's. */
export function deadlineOf(
  order: Pick<OrderView, 'hold_expires_at' | 'server_time'>,
  now = Date.now(),
): number {
  if (order.hold_expires_at === null) return now;
  return now + Date.parse(order.hold_expires_at) - Date.parse(order.server_time);
}

export function heldOrderOf(order: OrderView, now = Date.now()): HeldOrder {
  return {
    token: order.token,
    orderId: order.id,
    organizer: order.organizer_slug,
    event: order.event_slug,
    title: order.event_title,
    tickets: order.positions.length,
    deadline: deadlineOf(order, now),
  };
}

export function heldPurchaseOf(purchase: PurchaseView, now = Date.now()): HeldOrder {
  const { orders } = purchase;
  return {
    token: purchase.token,
    orderId: purchase.id,
    organizer: purchase.organizer_slug,
    event: orders[0]?.event_slug ?? '',
    title: orders.map(({ event_title: title }) => title).join(', '),
    tickets: orders.reduce((sum, { positions }) => sum + positions.length, 0),
    deadline: deadlineOf(purchase, now),
    parts: orders.map(({ event_slug: event, id: orderId }) => ({ event, orderId })),
  };
}

export function cartReducer(state: CartState, action: CartAction): CartState {
  switch (action.type) {
    case 'held':
      return { held: action.order };
    case 'left':
      return state.held?.orderId === action.orderId ? { held: null } : state;
    case 'restored':
      return { held: action.held };
  }
}

export const [CartStateProvider, useCart] = strictContext<CartState>('CartProvider');

export const [CartDispatchProvider, useCartDispatch] =
  strictContext<(action: CartAction) => void>('CartProvider');
