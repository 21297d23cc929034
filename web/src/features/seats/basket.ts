import type { Money, OrderLineBody } from '~/shared/api/generated/boxoffice.schemas';
import { isOpen, unitPrice } from '~/shared/offers/amounts';
import { choicesOf, isForSale, type Choice } from '~/shared/offers/choices';
import type { Basket } from '~/shared/offers/usePrice';
import { seatId, type Seat } from '~/shared/seats/hall';
import { offerOf, type House } from './choice';

/** What was said for one seat: which variation, and what is given where buyers choose. */
export interface Wish {
  variation?: string;
  amount?: string;
}

/** By the index of the seat. */
export type Wishes = Readonly<Record<number, Wish>>;

/** The row that a seat is bought as: the wanted variation, else the first that is on sale. */
export function choiceOf(house: House, seat: Seat, wish: Wish = {}): Choice | undefined {
  const offer = offerOf(house, seat);
  if (offer === undefined) return undefined;
  const choices = choicesOf(offer);
  return (
    choices.find(({ variationId }) => variationId === wish.variation) ??
    choices.find(isForSale) ??
    choices[0]
  );
}

/** What one costs in minor units; null while the amount will not do. */
export function priceOf(choice: Choice, { amount }: Wish = {}): number | null {
  return unitPrice(choice, amount === undefined ? {} : { [choice.key]: amount });
}

function lineOf(choice: Choice, price: number | null, quantity: number): OrderLineBody {
  return {
    ticket_type_id: choice.ticket_type_id,
    quantity,
    ...(choice.variationId !== null && { variation_id: choice.variationId }),
    ...(isOpen(choice) && { price }),
  };
}

function moneyOf(house: House, amount: number): Money {
  return { amount, currency: house.event.offers[0]?.price.currency ?? 'EUR' };
}

/** The chosen seats as lines of an order: one for each ticket, variation and amount. */
export function basketOf(house: House, chosen: readonly Seat[], wishes: Wishes): Basket {
  const lines = new Map<string, OrderLineBody & { seats: string[] }>();
  let sum = 0;
  let isComplete = true;
  for (const seat of chosen) {
    const choice = choiceOf(house, seat, wishes[seat.index]);
    if (choice === undefined) continue;
    const price = priceOf(choice, wishes[seat.index]);
    sum += price ?? 0;
    isComplete &&= price !== null;
    const key = `${choice.key} ${String(price)}`;
    const seats = [...(lines.get(key)?.seats ?? []), seatId(house.seats.seat_prefix, seat.ordinal)];
    lines.set(key, { ...lineOf(choice, price, seats.length), seats });
  }
  return { items: [...lines.values()], sum: moneyOf(house, sum), isComplete };
}

/** So many of one row, wherever it is best. */
export function partyOf(
  house: House,
  choice: Choice,
  { wish, people, ...best }: { wish: Wish; people: number; accessible: number; may_split: boolean },
): Basket {
  const price = priceOf(choice, wish);
  return {
    items: [{ ...lineOf(choice, price, people), best_available: best }],
    sum: moneyOf(house, (price ?? 0) * people),
    isComplete: price !== null,
  };
}
