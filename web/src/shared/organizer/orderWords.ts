type Tone = 'good' | 'careful' | 'bad' | 'plain' | 'over';

const ORDER: Record<string, [Tone, string]> = {
  held: ['careful', 'Held'],
  awaiting_payment: ['careful', 'Awaiting payment'],
  awaiting_approval: ['careful', 'Awaiting approval'],
  confirmed: ['good', 'Confirmed'],
  cancelled: ['bad', 'Cancelled'],
  expired: ['over', 'Expired'],
  rejected: ['bad', 'Rejected'],
};

const PAYMENT: Record<string, string> = {
  none: 'Nothing to pay',
  pending: 'Under way',
  authorised: 'Held on the card',
  released: 'Card let go, not charged',
  paid: 'Paid',
  failed: 'Failed',
};

const REFUND: Record<string, string> = {
  pending: 'Refund on its way',
  refunded: 'Refunded',
  partially_refunded: 'Partly refunded',
};

export function orderWords(status: string): { tone: Tone; word: string } {
  const [tone, word] = ORDER[status] ?? ['plain', status];
  return { tone, word };
}

interface Money {
  payment_status: string;
  refund_status: string;
  total: { amount: number };
}

/** What is known about the money of an order. */
export function paymentWord(order: Money): string {
  const back = REFUND[order.refund_status];
  if (back !== undefined) return back;
  if (order.payment_status === 'none' && order.total.amount > 0) return 'Not paid';
  return PAYMENT[order.payment_status] ?? order.payment_status;
}

const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** "22 Nov 2026, 20:49" by the reader's clock: when something was done, not when an event is. */
export function momentText(iso: string): string {
  return moment.format(new Date(iso));
}
