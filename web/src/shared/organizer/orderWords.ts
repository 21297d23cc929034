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
  paid: 'Paid',
  failed: 'Failed',
  refunded: 'Refunded',
  partially_refunded: 'Partly refunded',
};

export function orderWords(status: string): { tone: Tone; word: string } {
  const [tone, word] = ORDER[status] ?? ['plain', status];
  return { tone, word };
}

/** What is known about the money of an order worth `amount` minor units. */
export function paymentWord(status: string, amount: number): string {
  if (status === 'none' && amount > 0) return 'Not paid';
  return PAYMENT[status] ?? status;
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
