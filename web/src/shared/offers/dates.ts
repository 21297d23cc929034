/** Tickets for several dates of one event, chosen one date after the other and bought together. */

import type { EventPage, OrderLineBody } from '~/shared/api/generated/boxoffice.schemas';
import type { Basket } from './usePrice';

export interface DateTimes {
  starts_at: string;
  ends_at: string;
}

/** What was chosen for one date, while another one is being chosen for. */
export interface DatePart extends DateTimes {
  occurrenceId: string;
  /** "2 × Standard, 1 × Child". */
  text: string;
  items: OrderLineBody[];
  /** What they cost by the prices on the page, in minor units. */
  amount: number;
}

/** The date that is being chosen for; its times are unknown where the page does not list it. */
export interface ChosenDate {
  occurrenceId: string | null;
  times: DateTimes | null;
}

const inTime = (one: DateTimes, other: DateTimes) =>
  Date.parse(one.starts_at) - Date.parse(other.starts_at);

const forDate = (items: readonly OrderLineBody[], occurrenceId: string): OrderLineBody[] =>
  items.map((item) => ({ ...item, occurrence_id: occurrenceId }));

function named(event: EventPage, item: OrderLineBody): string {
  const offer = event.offers.find((one) => one.ticket_type_id === item.ticket_type_id);
  const variation = offer?.variations?.find((one) => one.variation_id === item.variation_id);
  const name = [offer?.name ?? '', variation?.name].filter(Boolean).join(' · ');
  const extras = (item.add_ons ?? []).length > 0 ? ' with extras' : '';
  return `${String(item.quantity)} × ${name}${extras}`;
}

/** The basket of a date put aside. */
export function partOf(event: EventPage, date: ChosenDate, basket: Basket): DatePart | null {
  const { occurrenceId, times } = date;
  if (occurrenceId === null || times === null) return null;
  return {
    occurrenceId,
    starts_at: times.starts_at,
    ends_at: times.ends_at,
    text: basket.items.map((item) => named(event, item)).join(', '),
    items: forDate(basket.items, occurrenceId),
    amount: basket.sum.amount,
  };
}

/** With one more part; a date that has one already gets more in it. */
export function withPart(parts: readonly DatePart[], part: DatePart): DatePart[] {
  const before = parts.find(({ occurrenceId }) => occurrenceId === part.occurrenceId);
  const others = parts.filter((one) => one !== before);
  const merged =
    before === undefined
      ? part
      : {
          ...part,
          text: `${before.text}, ${part.text}`,
          items: [...before.items, ...part.items],
          amount: before.amount + part.amount,
        };
  return [...others, merged].toSorted(inTime);
}

export function withoutPart(parts: readonly DatePart[], gone: DatePart): DatePart[] {
  return parts.filter(({ occurrenceId }) => occurrenceId !== gone.occurrenceId);
}

/** What is bought in all: the lines of the earliest date first, so that the order begins with it. */
export function togetherWith(
  basket: Basket,
  parts: readonly DatePart[],
  { occurrenceId, times }: ChosenDate,
): Basket {
  if (parts.length === 0 || occurrenceId === null) return basket;
  const items = forDate(basket.items, occurrenceId);
  const all =
    times === null ? [...parts, { items }] : [...parts, { ...times, items }].toSorted(inTime);
  return {
    ...basket,
    items: all.flatMap((one) => one.items),
    sum: {
      ...basket.sum,
      amount: parts.reduce((sum, { amount }) => sum + amount, basket.sum.amount),
    },
  };
}

/** The seats that the parts take. */
export function seatsIn(parts: readonly DatePart[]): ReadonlySet<string> {
  return new Set(parts.flatMap(({ items }) => items.flatMap(({ seats = [] }) => seats)));
}

const isTime = (text: unknown) => typeof text === 'string' && !Number.isNaN(Date.parse(text));

function isPart(one: Partial<DatePart> | null): one is DatePart {
  const isNamed = typeof one?.occurrenceId === 'string' && typeof one.text === 'string';
  if (!isNamed || typeof one.amount !== 'number') return false;
  return Array.isArray(one.items) && isTime(one.starts_at) && isTime(one.ends_at);
}

/** What storage holds, as far as it can be believed. */
export function asParts(stored: unknown): DatePart[] {
  return Array.isArray(stored) ? (stored as (Partial<DatePart> | null)[]).filter(isPart) : [];
}
