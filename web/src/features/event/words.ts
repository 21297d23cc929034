import type { EventPage, OfferView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { priceText } from '~/shared/format/money';
import { contentsText } from '~/shared/offers/addOnWords';
import type { Choice } from '~/shared/offers/choices';
import { fewLeft } from '~/shared/offers/words';
import { lowestPrice } from './quantities';

export const words = {
  tickets: 'Tickets',
  get: 'Get tickets',
  getFree: 'Get free tickets',
  anotherDate: 'Add another date',
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
  approval: 'The organizer decides who gets it; you pay once you are accepted.',
  noTickets: 'The organizer has not put tickets on sale yet.',
};

/** "from €40.00", "€40.00", "Free", "Free and paid", or null when nothing is on sale. */
export function fromPriceText(choices: readonly Choice[]): string | null {
  const lowest = lowestPrice(choices);
  if (lowest === null) return null;
  const price = priceText(lowest.price);
  if (lowest.isOnly) return price;
  return lowest.price.amount === 0 ? 'Free and paid' : `from ${price}`;
}

function openingText(offer: OfferView, event: EventPage): string {
  const before = event.offers.find(({ ticket_type_id: id }) => id === offer.opens_after);
  const parts = before === undefined ? [] : [`Opens when ${before.name} is sold out or over`];
  if (offer.sales_start !== null) {
    const at = dateTimeText(offer.sales_start, event.timezone);
    parts.push(before === undefined ? `On sale from ${at}` : `on ${at} at the latest`);
  }
  return parts.join(', ') || offer.description;
}

/** The line below the price: scarcity, dates and which tier comes first, never invented urgency. */
export function offerNote(offer: OfferView, event: EventPage): string {
  if (offer.state === 'not_yet') return openingText(offer, event);
  const left = (offer.variations ?? []).length === 0 ? fewLeft(offer) : '';
  return [left, approvalText(offer), offer.description, contentsText(offer), mostPerPerson(offer)]
    .filter(Boolean)
    .join(' ');
}

/** That one applies for it, where one does. */
function approvalText({ needs_approval: isAsked }: OfferView): string {
  return isAsked === true ? words.approval : '';
}

/** The limit per person, where there is one. */
function mostPerPerson({ max_per_person: most }: { max_per_person?: number | null }): string {
  return typeof most === 'number' ? `At most ${String(most)} per person.` : '';
}

/** The line below the button. */
export function smallPrint(event: EventPage, isFree: boolean): string {
  return [isFree ? words.free : words.allIn, mostPerPerson(event)].filter(Boolean).join(' ');
}
