import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';

export const words = {
  going: 'You’re going',
  wasThere: 'You were there',
  allCancelled: 'These orders are cancelled',
  mailed: (email: string) => `We mailed everything to ${email}. This page keeps your tickets too.`,
  checkingTitle: 'We are checking your payment',
  checking:
    'Your bank takes a moment. This page changes by itself; you may also close it, we mail you either way.',
  checkingLong:
    'This takes longer than usual. Your order is safe, and your tickets come by mail once the bank has answered.',
  heldTitle: 'Almost there',
  held: 'Your tickets are held, but not bought yet.',
  screenshot: 'Show this code at the door. It works on paper, on a screen and without network.',
};

const OVER: Partial<Record<OrderView['status'], { title: string; text: string }>> = {
  cancelled: { title: 'This order is cancelled', text: 'Its tickets are no longer valid.' },
  expired: {
    title: 'This order ran out',
    text: 'It was not paid in time, so its tickets went back on sale. You were not charged.',
  },
  rejected: {
    title: 'This order was declined',
    text: 'The organizer did not accept it. You were not charged.',
  },
};

/** What to say about an order that has no tickets and awaits nothing from the buyer. */
export function overWords(status: OrderView['status']): { title: string; text: string } {
  return OVER[status] ?? { title: 'Your order', text: 'There is nothing to do here right now.' };
}

export function paymentText(order: OrderView): string {
  switch (order.refund_status) {
    case 'refunded':
      return 'Refunded';
    case 'partially_refunded':
      return 'Partly refunded';
    case 'pending':
      return 'Paid; a refund is on its way';
    case 'none':
      return paidText(order);
  }
}

function paidText(order: OrderView): string {
  switch (order.payment_status) {
    case 'failed':
      return 'Payment failed';
    case 'pending':
      return 'Payment under way';
    case 'paid':
      return 'Paid';
    case 'authorised':
      return 'Held on your card';
    case 'released':
      return 'Not charged';
    case 'none':
      return 'Nothing to pay';
  }
}
