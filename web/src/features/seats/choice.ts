import type {
  EventPage,
  Money,
  OfferView,
  OrderLineBody,
  SeatAvailability,
} from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { flagsOf, seatId, type Hall, type Seat } from '~/shared/seats/hall';
import type { Mark } from '~/shared/seats/SeatMap';

/** What the page knows of one date. */
export interface House {
  event: EventPage;
  hall: Hall;
  seats: SeatAvailability;
}

/** The ticket that a seat is sold as; none for a category that is not on sale. */
export function offerOf({ event, hall, seats }: House, seat: Seat): OfferView | undefined {
  const category = hall.drawing.categories[seat.category]?.name;
  const type = seats.categories.find(({ name }) => name === category)?.ticket_type_id;
  return event.offers.find(({ ticket_type_id }) => ticket_type_id === type);
}

const isOnSale = (offer: OfferView | undefined) =>
  offer?.state === 'on_sale' || offer?.state === 'few' || offer?.state === 'sold_out';

/** How every seat stands for this visitor, whose own held seats are theirs to see. */
export function marksOf(house: House, chosen: ReadonlySet<number>): Mark[] {
  const { hall, seats } = house;
  const gone = flagsOf(seats.gone, seats.seats);
  const held = flagsOf(seats.held, seats.seats);
  return hall.seats.map((seat): Mark => {
    if (chosen.has(seat.index)) return 'chosen';
    if (gone[seat.index] === true || !isOnSale(offerOf(house, seat))) return 'gone';
    return held[seat.index] === true ? 'held' : 'free';
  });
}

const MARK_WORDS: Record<Mark, string> = {
  free: 'free',
  held: 'held by somebody, may return',
  gone: 'taken',
  chosen: 'chosen',
};

/** "€39.00, free, for a wheelchair". */
export function wordsOf(house: House, mark: Mark | undefined, seat: Seat | undefined): string {
  if (seat === undefined) return '';
  const offer = offerOf(house, seat);
  return [
    offer === undefined ? 'not on sale' : priceText(offer.price),
    MARK_WORDS[mark ?? 'gone'],
    seat.isAccessible ? 'for a wheelchair' : '',
    seat.isCompanion ? 'for a companion' : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** The chosen seats as lines of an order, one for each ticket. */
export function linesOf(house: House, chosen: readonly Seat[]): OrderLineBody[] {
  const byType = new Map<string, Seat[]>();
  for (const seat of chosen) {
    const type = offerOf(house, seat)?.ticket_type_id ?? '';
    byType.set(type, [...(byType.get(type) ?? []), seat]);
  }
  return [...byType].map(([ticket_type_id, seats]) => ({
    ticket_type_id,
    quantity: seats.length,
    seats: seats.map(({ ordinal }) => seatId(house.seats.seat_prefix, ordinal)),
  }));
}

/** Only for showing: the server computes what is charged. */
export function totalOf(house: House, chosen: readonly Seat[]): Money {
  const amount = chosen.reduce((sum, seat) => sum + (offerOf(house, seat)?.price.amount ?? 0), 0);
  return { amount, currency: house.event.offers[0]?.price.currency ?? 'EUR' };
}
