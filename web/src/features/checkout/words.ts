import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { dueOf } from '~/shared/orders/tender';

export const words = {
  title: 'Checkout',
  you: 'You',
  sentHint: 'The organizer has accepted you with this. Write to them if it must change.',
  youHint: 'Your tickets go to this address. No account needed.',
  pay: 'Pay',
  apply: 'Apply',
  applyHint:
    'The organizer decides who gets these tickets. They are kept for you until then, and you pay nothing before you are accepted.',
  applyHoldHint:
    'The organizer decides who gets these tickets. They are kept for you until then, and you get a mail.',
  hold: 'Your card',
  holdHint:
    'Your card is not charged until the organizer approves. Until then it holds the amount; if you are not accepted, it lets go of it.',
  applyMessage: 'A few words to the organizer',
  applySend: 'Send application',
  applyWorking: 'Sending your application…',
  applyChecking: 'We are checking whether your application arrived…',
  applyTerms: 'You get a mail when it has arrived, and when it is decided.',
  applyNotSent:
    'Your application has not arrived yet. What you typed is still here; try once more.',
  taxPlace: 'Where you are',
  taxPlaceHint: 'The tax depends on it. The total follows at once.',
  country: 'Country',
  chooseCountry: 'Choose your country',
  vatId: 'VAT number, if you buy as a business',
  email: 'E-mail',
  name: 'Full name',
  emailMissing: 'Enter the e-mail address for your tickets.',
  emailWrong: 'Enter an e-mail address such as ana@example.org.',
  nameMissing: 'Enter your full name.',
  terms: 'You buy from the organizer. Tickets arrive by mail within a minute.',
  working: 'Paying… do not close this page',
  workingFree: 'Getting your ticket…',
  loadingWays: 'Loading ways to pay…',
  checking: 'We are checking whether you were charged…',
  checkingFree: 'We are checking whether your ticket was issued…',
  declined: 'The payment did not go through',
  totalChanged: 'The total has changed',
  notCharged: 'You were not charged. Your details are still here; try once more.',
  notIssued: 'Your ticket was not issued yet. Your details are still here; try once more.',
  stillUnknown:
    'We still cannot tell whether you were charged. Your order page will know first, and we mail you as soon as it is settled.',
  expiredTitle: 'Your hold ran out',
  expired: 'The tickets went back on sale. What you typed is still here.',
  again: 'Try to get the same tickets again',
  againBusy: 'Asking for the same tickets…',
  goneTitle: 'Those tickets are gone',
  closed: 'This order is closed.',
  voucherGoneTitle: 'Your voucher no longer counts',
  withoutVoucher: 'Go on without the voucher',
};

/** The order-button says what it costs: it is the moment the buyer is bound. */
export function submitText(order: OrderView): string {
  const due = dueOf(order);
  if (due.amount > 0) return `Pay ${moneyText(due)}`;
  if (order.total.amount > 0) return `Pay ${moneyText(order.total)} by gift card`;
  const tickets = order.positions.length;
  return tickets === 1 ? 'Get free ticket' : `Get ${String(tickets)} free tickets`;
}
