import type {
  EventPage,
  OfferView,
  SeatAvailability,
} from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { choicesOf } from '~/shared/offers/choices';
import { flagsOf, seatId, type Hall, type Seat } from '~/shared/seats/hall';
import type { Mark } from '~/shared/seats/SeatMap';

/** What the page knows of one date. */
export interface House {
  event: EventPage;
  hall: Hall;
  seats: SeatAvailability;
  /** Seats that were chosen before, along with other dates. */
  own?: ReadonlySet<string>;
  /** Seats that the visitor's voucher has set aside: free for them alone. */
  lent?: ReadonlySet<string>;
}

/** The ticket that a seat is sold as; none for a category that is not on sale. */
export function offerOf({ event, hall, seats }: House, seat: Seat): OfferView | undefined {
  const category = hall.drawing.categories[seat.category]?.name;
  const type = seats.categories.find(({ name }) => name === category)?.ticket_type_id;
  return event.offers.find(({ ticket_type_id }) => ticket_type_id === type);
}

const isOnSale = (offer: OfferView | undefined) =>
  offer?.state === 'on_sale' || offer?.state === 'few' || offer?.state === 'sold_out';

/** Whether nobody else has the seat, nor this order already; what a voucher lends is theirs. */
function isOpen({ seats, own, lent }: House, seat: Seat, isGone: boolean): boolean {
  const id = seatId(seats.seat_prefix, seat.ordinal);
  if (own?.has(id) === true) return false;
  return !isGone || lent?.has(id) === true;
}

/** How every seat stands for this visitor, whose own held seats are theirs to see. */
export function marksOf(house: House, chosen: ReadonlySet<number>): Mark[] {
  const { hall, seats } = house;
  const gone = flagsOf(seats.gone, seats.seats);
  const held = flagsOf(seats.held, seats.seats);
  return hall.seats.map((seat): Mark => {
    if (chosen.has(seat.index)) return 'chosen';
    if (!isOpen(house, seat, gone[seat.index] === true)) return 'gone';
    if (!isOnSale(offerOf(house, seat))) return 'gone';
    return held[seat.index] === true ? 'held' : 'free';
  });
}

const MARK_WORDS: Record<Mark, string> = {
  free: 'free',
  held: 'held by somebody, may return',
  gone: 'taken',
  chosen: 'chosen',
};

/** "€39.00", "from €10.00", "pay what you want". */
function offerPrice(offer: OfferView): string {
  if (offer.pricing === 'open') return 'pay what you want';
  const prices = choicesOf(offer).map(({ price }) => price);
  const [least, ...others] = prices.toSorted((a, b) => a.amount - b.amount);
  if (least === undefined) return '';
  return others.every(({ amount }) => amount === least.amount)
    ? priceText(least)
    : `from ${priceText(least)}`;
}

/** What a category costs, for the legend. */
export function categoryNote({ event, seats }: House, category: string): string {
  const type = seats.categories.find(({ name }) => name === category)?.ticket_type_id;
  const offer = event.offers.find(({ ticket_type_id }) => ticket_type_id === type);
  return offer === undefined ? '' : offerPrice(offer);
}

/** "€39.00, free, for a wheelchair". */
export function wordsOf(house: House, mark: Mark | undefined, seat: Seat | undefined): string {
  if (seat === undefined) return '';
  const offer = offerOf(house, seat);
  return [
    offer === undefined ? 'not on sale' : offerPrice(offer),
    MARK_WORDS[mark ?? 'gone'],
    seat.isAccessible ? 'for a wheelchair' : '',
    seat.isCompanion ? 'for a companion' : '',
  ]
    .filter(Boolean)
    .join(', ');
}
