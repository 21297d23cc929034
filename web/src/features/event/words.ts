import type { OfferView, QuoteView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText, priceText } from '~/shared/format/money';
import { lowestPrice } from './quantities';

export const words = {
  tickets: 'Tickets',
  get: 'Get tickets',
  getFree: 'Get free tickets',
  allIn: 'All fees and taxes are in the price.',
  free: 'Free of charge, no card needed.',
  choose: 'Choose at least one ticket first.',
  holding: 'Holding your tickets…',
  soldOut: 'Sold out',
  notOnSale: 'Not on sale',
  allGone: 'Every ticket is gone.',
  nothing: 'Nothing to buy at the moment.',
  about: 'About this event',
  cancelled: 'This event has been cancelled. Everybody with a ticket has been told by mail.',
  ended: 'This event is over.',
  noTickets: 'The organizer has not put tickets on sale yet.',
};

/** "from €40.00", "€40.00", "Free", "Free and paid", or null when nothing is on sale. */
export function fromPriceText(offers: readonly OfferView[]): string | null {
  const lowest = lowestPrice(offers);
  if (lowest === null) return null;
  const price = priceText(lowest.price);
  if (lowest.isOnly) return price;
  return lowest.price.amount === 0 ? 'Free and paid' : `from ${price}`;
}

/** "Includes €2.50 Service fee and €4.79 taxes. €5.00 off: Groups." */
export function breakdownText({ fees, tax, reductions }: QuoteView): string {
  const parts = [
    ...fees.map(({ name, price }) => `${moneyText(price)} ${name}`),
    ...(tax.amount === 0 ? [] : [`${moneyText(tax)} taxes`]),
  ];
  const off = reductions
    .filter(({ amount }) => amount.amount > 0)
    .map(({ kind, name, amount }) => {
      return `${moneyText(amount)} off: ${kind === 'voucher' ? `voucher ${name}` : name}.`;
    });
  const included = parts.length === 0 ? [] : [`Includes ${listText(parts)}.`];
  return [...included, ...off].join(' ');
}

function listText(parts: readonly string[]): string {
  return new Intl.ListFormat('en', { style: 'long', type: 'conjunction' }).format(parts);
}

/** What stands where the stepper would be. */
export function stateText(offer: OfferView): string {
  switch (offer.state) {
    case 'sold_out':
      return words.soldOut;
    case 'ended':
      return 'Sales ended';
    case 'not_yet':
      return 'Not yet on sale';
    case 'few':
    case 'on_sale':
      return '';
  }
}

/** The line below the price: scarcity and dates, never invented urgency. */
export function offerNote(offer: OfferView, zone: string): string {
  if (offer.state === 'not_yet' && offer.sales_start !== null) {
    return `On sale from ${dateTimeText(offer.sales_start, zone)}`;
  }
  const left =
    offer.state === 'few' && offer.available !== null
      ? `Only ${String(offer.available)} left. `
      : '';
  return `${left}${offer.description}`.trim();
}
