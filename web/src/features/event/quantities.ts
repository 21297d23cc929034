import type {
  EventPage,
  Money,
  OfferState,
  OfferView,
  OrderLineBody,
} from '~/shared/api/generated/boxoffice.schemas';

/** How many of each ticket type, by its id. */
export type Quantities = Readonly<Record<string, number>>;

/** The name of a ticket type's field in the form, and in the URL when the form is sent without JavaScript. */
export const fieldName = (ticketTypeId: string) => `q-${ticketTypeId}`;

export function isForSale(offer: Pick<OfferView, 'state'>): boolean {
  return offer.state === 'on_sale' || offer.state === 'few';
}

export function mostOf(offer: OfferView): number {
  return Math.min(offer.max_per_order, offer.available ?? offer.max_per_order);
}

/** The nearest allowed number: none, or from the minimum to what is left. */
export function allowed(offer: OfferView, wanted: number): number {
  if (!Number.isFinite(wanted) || wanted <= 0 || !isForSale(offer)) return 0;
  const least = Math.max(1, offer.min_per_order);
  const most = mostOf(offer);
  return most < least ? 0 : Math.min(Math.max(Math.round(wanted), least), most);
}

/** One press of a stepper; below the minimum lies none. */
export function stepped(offer: OfferView, quantity: number, step: 1 | -1): number {
  const wanted = quantity + step;
  return step === -1 && wanted < offer.min_per_order ? 0 : allowed(offer, wanted);
}

/** What the URL asks for; else one of the only type there is to buy. */
export function atStart(offers: readonly OfferView[], search: URLSearchParams): Quantities {
  const asked = offers.map((offer): [string, number] => [
    offer.ticket_type_id,
    allowed(offer, Number(search.get(fieldName(offer.ticket_type_id)) ?? 0)),
  ]);
  if (asked.some(([, quantity]) => quantity > 0)) return Object.fromEntries(asked);
  const [only, ...others] = offers.filter(isForSale);
  return only !== undefined && others.length === 0
    ? { [only.ticket_type_id]: allowed(only, 1) }
    : {};
}

/** Quantities that still fit after availability changed. */
export function fitted(offers: readonly OfferView[], quantities: Quantities): Quantities {
  return Object.fromEntries(
    offers.map((offer) => [
      offer.ticket_type_id,
      allowed(offer, quantities[offer.ticket_type_id] ?? 0),
    ]),
  );
}

/** The chosen tickets as an order asks for them. */
export function itemsOf(quantities: Quantities): OrderLineBody[] {
  return Object.entries(quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([ticket_type_id, quantity]) => ({ ticket_type_id, quantity }));
}

/** With a voucher even what is sold out can be asked for: it may let in beyond the capacity. */
export function withVoucher(event: EventPage, voucher: string | null): EventPage {
  if (voucher === null) return event;
  const offers = event.offers.map((offer) =>
    offer.state === 'sold_out' || offer.state === 'few'
      ? { ...offer, state: 'on_sale' as const, available: null }
      : offer,
  );
  return { ...event, offers };
}

export function countOf(quantities: Quantities): number {
  return Object.values(quantities).reduce((sum, quantity) => sum + quantity, 0);
}

/** Only for showing: the server computes what is charged. */
export function totalOf(offers: readonly OfferView[], quantities: Quantities): Money {
  const currency = offers[0]?.price.currency ?? 'EUR';
  const amount = offers.reduce(
    (sum, offer) => sum + offer.price.amount * (quantities[offer.ticket_type_id] ?? 0),
    0,
  );
  return { amount, currency };
}

/** The lowest price on sale, and whether there is a higher one. */
export function lowestPrice(
  offers: readonly OfferView[],
): { price: Money; isOnly: boolean } | null {
  const prices = offers.filter(isForSale).map((offer) => offer.price);
  const [first, ...others] = prices.toSorted((a, b) => a.amount - b.amount);
  if (first === undefined) return null;
  return { price: first, isOnly: others.every((price) => price.amount === first.amount) };
}

/** The page with newer availability laid over it. */
export function withAvailability(event: EventPage, states: readonly OfferState[]): EventPage {
  const newest = new Map(states.map((state) => [state.ticket_type_id, state]));
  const offers = event.offers.map((offer) => ({ ...offer, ...newest.get(offer.ticket_type_id) }));
  return { ...event, offers };
}
