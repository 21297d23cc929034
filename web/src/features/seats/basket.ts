import type { Money, OrderLineBody } from '~/shared/api/generated/boxoffice.schemas';
import {
  addOnLines,
  costOf,
  groupsOf,
  lacking,
  picksOf,
  type Extras,
  type Picked,
} from '~/shared/offers/addOns';
import { isOpen, unitPrice } from '~/shared/offers/amounts';
import { choicesOf, isForSale, type Choice } from '~/shared/offers/choices';
import type { Basket } from '~/shared/offers/usePrice';
import { seatId, type Seat } from '~/shared/seats/hall';
import { offerOf, type House } from './choice';

/** What was said for one seat: which variation, and what is given where buyers choose. */
export interface Wish {
  variation?: string;
  amount?: string;
  /** How many of what comes with it. */
  picked?: Picked;
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

/** What comes with one seat: what was picked, or what must be. */
export function pickedOf(choice: Choice, { picked }: Wish = {}): Picked {
  const extras: Extras = picked === undefined ? {} : { [choice.key]: [picked] };
  return picksOf(choice, 1, extras)[0] ?? {};
}

interface One {
  line: OrderLineBody;
  /** What it costs with all that comes with it, in minor units. */
  cost: number;
  isComplete: boolean;
}

/** One seat of a row as its wish says. */
function oneOf(choice: Choice, wish: Wish | undefined): One {
  const price = priceOf(choice, wish);
  const picked = pickedOf(choice, wish);
  const addOns = addOnLines(groupsOf(choice), picked);
  const lack = lacking([choice], { [choice.key]: 1 }, { [choice.key]: [picked] });
  return {
    line: {
      ticket_type_id: choice.ticket_type_id,
      quantity: 1,
      ...(choice.variationId !== null && { variation_id: choice.variationId }),
      ...(isOpen(choice) && { price }),
      ...(addOns.length > 0 && { add_ons: addOns }),
    },
    cost: (price ?? 0) + costOf(groupsOf(choice), picked),
    isComplete: price !== null && lack === undefined,
  };
}

function moneyOf(house: House, amount: number): Money {
  return { amount, currency: house.event.offers[0]?.price.currency ?? 'EUR' };
}

/** The chosen seats as lines of an order: one for each ticket with the same wish. */
export function basketOf(house: House, chosen: readonly Seat[], wishes: Wishes): Basket {
  const lines = new Map<string, OrderLineBody & { seats: string[] }>();
  let sum = 0;
  let isComplete = true;
  for (const seat of chosen) {
    const choice = choiceOf(house, seat, wishes[seat.index]);
    if (choice === undefined) continue;
    const one = oneOf(choice, wishes[seat.index]);
    sum += one.cost;
    isComplete &&= one.isComplete;
    const key = JSON.stringify(one.line);
    const seats = [...(lines.get(key)?.seats ?? []), seatId(house.seats.seat_prefix, seat.ordinal)];
    lines.set(key, { ...one.line, quantity: seats.length, seats });
  }
  return { items: [...lines.values()], sum: moneyOf(house, sum), isComplete };
}

/** So many of one row, wherever it is best. */
export function partyOf(
  house: House,
  choice: Choice,
  { wish, people, ...best }: { wish: Wish; people: number; accessible: number; may_split: boolean },
): Basket {
  const { line, cost, isComplete } = oneOf(choice, wish);
  return {
    items: [{ ...line, quantity: people, best_available: best }],
    sum: moneyOf(house, cost * people),
    isComplete,
  };
}
