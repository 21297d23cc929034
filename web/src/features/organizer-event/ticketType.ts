import type {
  ChangeTicketTypeBody,
  ManagedEvent,
  TicketTypeBody,
  TicketTypeView,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText, priceText } from '~/shared/format/money';
import { minorUnits, priceInput, wholeNumber } from '~/shared/organizer/prices';
import { instantOf, wallClock } from '~/shared/organizer/wallClock';

/** A ticket type as typed. */
export interface TypeDraft {
  name: string;
  price: string;
  quantity: string;
  description: string;
  least: string;
  most: string;
  salesStart: string;
  salesEnd: string;
  pricing: 'fixed' | 'open';
  suggested: string;
  category: string;
  visibility: 'public' | 'hidden' | 'add_on';
  code: string;
  opensAfter: string;
  perPerson: string;
  /** Merchandise admits nobody. */
  admits: 'yes' | 'no';
  /** Whether the organizer decides about each order. */
  approval: 'no' | 'yes';
}

const NEW: TypeDraft = {
  name: '',
  price: '',
  quantity: '',
  description: '',
  least: '1',
  most: '10',
  salesStart: '',
  salesEnd: '',
  pricing: 'fixed',
  suggested: '',
  category: '',
  visibility: 'public',
  code: '',
  opensAfter: '',
  perPerson: '',
  admits: 'yes',
  approval: 'no',
};

export function draftOf(type: TicketTypeView | null, event: ManagedEvent): TypeDraft {
  if (type === null) return NEW;
  const clock = (iso: string | null) => (iso === null ? '' : wallClock(iso, event.timezone));
  return {
    ...NEW,
    name: type.name,
    price: priceInput(type.price.amount, type.price.currency),
    description: type.description,
    least: String(type.min_per_order),
    most: String(type.max_per_order),
    salesStart: clock(type.sales_start),
    salesEnd: clock(type.sales_end),
    ...rulesOf(type),
  };
}

function textOf(value: string | number | null | undefined): string {
  return value == null ? '' : String(value);
}

function inputOf(price: TicketTypeView['suggested_price']): string {
  return price == null ? '' : priceInput(price.amount, price.currency);
}

function rulesOf(type: TicketTypeView): Partial<TypeDraft> {
  const { pricing = 'fixed', visibility = 'public', admits = true } = type;
  return {
    pricing,
    visibility,
    admits: admits ? 'yes' : 'no',
    approval: type.needs_approval === true ? 'yes' : 'no',
    suggested: inputOf(type.suggested_price),
    category: textOf(type.category_id),
    code: textOf(type.access_code),
    opensAfter: textOf(type.opens_after_id),
    perPerson: textOf(type.max_per_person),
  };
}

const orNull = (text: string) => text.trim() || null;

/** What both the new and the changed type are made of. */
export function changeOf(
  draft: TypeDraft,
  event: ManagedEvent,
): Required<Omit<ChangeTicketTypeBody, 'on_sale'>> {
  return {
    name: draft.name.trim(),
    price: minorUnits(draft.price, event.currency) ?? 0,
    description: draft.description.trim(),
    min_per_order: wholeNumber(draft.least, 1) ?? 1,
    max_per_order: wholeNumber(draft.most, 1) ?? 10,
    sales_start: instantOf(draft.salesStart, event.timezone),
    sales_end: instantOf(draft.salesEnd, event.timezone),
    pricing: draft.pricing,
    suggested_price: draft.pricing === 'open' ? minorUnits(draft.suggested, event.currency) : null,
    category_id: orNull(draft.category),
    visibility: draft.visibility,
    access_code: orNull(draft.code),
    opens_after_id: orNull(draft.opensAfter),
    max_per_person: wholeNumber(draft.perPerson, 1),
    admits: draft.admits === 'yes',
    needs_approval: draft.approval === 'yes',
  };
}

export function bodyOf(draft: TypeDraft, event: ManagedEvent): TicketTypeBody {
  return { ...changeOf(draft, event), quantity: wholeNumber(draft.quantity, 0) };
}

/** What is special about how it is had. */
function kindTexts(type: TicketTypeView): string[] {
  return [
    type.visibility === 'add_on' ? 'only with other tickets' : '',
    type.admits === false ? 'merchandise' : '',
    type.needs_approval === true ? 'needs your approval' : '',
  ];
}

/** "1 to 10 per order; at most 4 per person; on sale until Fri 12 Mar 2027, 18:00". */
export function termsText(type: TicketTypeView, event: ManagedEvent): string {
  const zone = event.timezone;
  const before = event.ticket_types.find(({ id }) => id === type.opens_after_id);
  const { min_per_order: least, max_per_order: most, sales_start: from, sales_end: until } = type;
  const parts = [
    ...kindTexts(type),
    least === most
      ? `exactly ${String(least)} per order`
      : `${String(least)} to ${String(most)} per order`,
    type.max_per_person ? `at most ${String(type.max_per_person)} per person` : '',
    before === undefined ? '' : `opens after ${before.name}`,
    from === null ? '' : `from ${dateTimeText(from, zone)}`,
    until === null ? '' : `until ${dateTimeText(until, zone)}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** What it costs; where buyers choose, from how much on. */
export function typePrice({ pricing, price }: TicketTypeView): string {
  if (pricing !== 'open') return priceText(price);
  return price.amount === 0 ? 'Buyers choose' : `Buyers choose, from ${moneyText(price)}`;
}

const isLater = (iso: string | null, now: number) => iso !== null && now < Date.parse(iso);

/** The type that must be over before this one opens, if it is not. */
function awaited(event: ManagedEvent, type: TicketTypeView, now: number): TicketTypeView | null {
  const before = event.ticket_types.find(({ id }) => id === type.opens_after_id);
  const isOver = (iso: string | null) => iso !== null && Date.parse(iso) <= now;
  if (before === undefined || isOver(type.sales_start)) return null;
  const quotas = event.quotas.filter(({ ticket_type_ids: ids }) => ids.includes(before.id));
  const isLeft = quotas.length > 0 && quotas.every(({ free }) => free > 0);
  return before.on_sale && isLeft && !isOver(before.sales_end) ? before : null;
}

/** Whether buyers can have it now. */
export function saleState(
  event: ManagedEvent,
  type: TicketTypeView,
  now: number,
): { tone: 'good' | 'careful' | 'over'; word: string } {
  if (!type.on_sale) return { tone: 'over', word: 'Off sale' };
  const before = awaited(event, type, now);
  if (before !== null) return { tone: 'careful', word: `Waits for ${before.name}` };
  if ((type.opens_after_id ?? null) === null && isLater(type.sales_start, now)) {
    return { tone: 'careful', word: 'Not yet on sale' };
  }
  if (type.sales_end !== null && Date.parse(type.sales_end) <= now) {
    return { tone: 'over', word: 'Sale ended' };
  }
  return { tone: 'good', word: 'On sale' };
}
