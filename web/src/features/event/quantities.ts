import type { EventPage, Money, OfferState } from '~/shared/api/generated/boxoffice.schemas';
import { unitPrice, type Amounts } from '~/shared/offers/amounts';
import { isForSale, refreshed, type Choice } from '~/shared/offers/choices';

/** How many of each row, by its key. */
export type Quantities = Readonly<Record<string, number>>;

/** The name of a row's field in the form, and in the URL when the form is sent without JavaScript. */
export const fieldName = (key: string) => `q-${key}`;

export function mostOf(choice: Choice): number {
  return Math.min(choice.max_per_order, choice.available ?? choice.max_per_order);
}

/** The nearest allowed number: none, or from the minimum to what is left. */
export function allowed(choice: Choice, wanted: number): number {
  if (!Number.isFinite(wanted) || wanted <= 0 || !isForSale(choice)) return 0;
  const least = Math.max(1, choice.min_per_order);
  const most = mostOf(choice);
  return most < least ? 0 : Math.min(Math.max(Math.round(wanted), least), most);
}

/** One press of a stepper; below the minimum lies none. */
export function stepped(choice: Choice, quantity: number, step: 1 | -1): number {
  const wanted = quantity + step;
  return step === -1 && wanted < choice.min_per_order ? 0 : allowed(choice, wanted);
}

/** What the URL asks for; else one of the only row there is to buy. */
export function atStart(choices: readonly Choice[], search: URLSearchParams): Quantities {
  const asked = choices.map((choice): [string, number] => [
    choice.key,
    allowed(choice, Number(search.get(fieldName(choice.key)) ?? 0)),
  ]);
  if (asked.some(([, quantity]) => quantity > 0)) return Object.fromEntries(asked);
  const [only, ...others] = choices.filter(isForSale);
  return only !== undefined && others.length === 0 ? { [only.key]: allowed(only, 1) } : {};
}

/** Quantities that still fit after availability changed. */
export function fitted(choices: readonly Choice[], quantities: Quantities): Quantities {
  return Object.fromEntries(
    choices.map((choice) => [choice.key, allowed(choice, quantities[choice.key] ?? 0)]),
  );
}

function askable<One extends Pick<Choice, 'state' | 'available'>>(one: One): One {
  return one.state === 'sold_out' || one.state === 'few'
    ? { ...one, state: 'on_sale' as const, available: null }
    : one;
}

/** With a voucher even what is sold out can be asked for: it may let in beyond the capacity. */
export function withVoucher(event: EventPage, voucher: string | null): EventPage {
  if (voucher === null) return event;
  const offers = event.offers.map(({ variations = [], ...offer }) => ({
    ...askable(offer),
    variations: variations.map(askable),
  }));
  return { ...event, offers };
}

export function countOf(quantities: Quantities): number {
  return Object.values(quantities).reduce((sum, quantity) => sum + quantity, 0);
}

/** Only for showing: the server computes what is charged. */
export function totalOf(
  choices: readonly Choice[],
  quantities: Quantities,
  amounts: Amounts = {},
): Money {
  const currency = choices[0]?.price.currency ?? 'EUR';
  const amount = choices.reduce(
    (sum, choice) => sum + (unitPrice(choice, amounts) ?? 0) * (quantities[choice.key] ?? 0),
    0,
  );
  return { amount, currency };
}

/** The lowest price on sale, and whether there is a higher one. */
export function lowestPrice(choices: readonly Choice[]): { price: Money; isOnly: boolean } | null {
  const prices = choices.filter(isForSale).map((choice) => choice.price);
  const [first, ...others] = prices.toSorted((a, b) => a.amount - b.amount);
  if (first === undefined) return null;
  return { price: first, isOnly: others.every((price) => price.amount === first.amount) };
}

/** The page with newer availability laid over it. */
export function withAvailability(event: EventPage, states: readonly OfferState[]): EventPage {
  const newest = new Map(states.map((state) => [state.ticket_type_id, state]));
  const offers = event.offers.map((offer) => refreshed(offer, newest));
  return { ...event, offers };
}
