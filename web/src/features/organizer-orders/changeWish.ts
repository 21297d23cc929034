import type {
  AddedTicketBody,
  LookBody,
  ManagedEvent,
  OrderPositionView,
  Settle,
  TicketWishBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { minorUnits } from '~/shared/organizer/prices';

/** What is typed and picked for one ticket; nothing means that it stays. */
export interface ChangeDraft {
  /** The type's id and, after a slash, the variation's. */
  kind: string;
  date: string;
  seat: string;
  price: string;
}

export const UNCHANGED: ChangeDraft = { kind: '', date: '', seat: '', price: '' };

/** The whole of it: by position, and what is added. */
export interface Changes {
  tickets: Readonly<Record<string, ChangeDraft>>;
  /** By a key of the page's own. */
  added: Readonly<Record<string, ChangeDraft>>;
}

export const NO_CHANGES: Changes = { tickets: {}, added: {} };

/** Every type and variation that can be had. */
export function kindsOf(event: ManagedEvent): { value: string; label: string }[] {
  return event.ticket_types.flatMap((type) => {
    const variations = type.variations ?? [];
    if (variations.length === 0)
      return [{ value: type.id, label: `${type.name}, ${priceText(type.price)}` }];
    return variations.map(({ id, name, price }) => ({
      value: `${type.id}/${id}`,
      label: `${type.name} · ${name}, ${priceText(price ?? type.price)}`,
    }));
  });
}

/** Every type and variation that the ticket could become. */
export function choicesOf(
  event: ManagedEvent,
  position: Pick<OrderPositionView, 'ticket_type_id' | 'variation_id'>,
): { value: string; label: string }[] {
  const own = [position.ticket_type_id, position.variation_id].filter(Boolean).join('/');
  return kindsOf(event).filter(({ value }) => value !== own);
}

function priceOf(draft: ChangeDraft, currency: string): number | null {
  return draft.price.trim() === '' ? null : minorUnits(draft.price, currency);
}

/** What is wrong with the price as typed. */
export function priceMistake(draft: ChangeDraft, currency: string): string | undefined {
  if (draft.price.trim() === '' || priceOf(draft, currency) !== null) return undefined;
  return 'Give an amount, like 12.50.';
}

const given = (name: string, value: string) => (value === '' ? {} : { [name]: value });

function partsOf(draft: ChangeDraft, currency: string) {
  const [type = '', variation = ''] = draft.kind.split('/');
  const price = priceOf(draft, currency);
  return {
    ...given('ticket_type_id', type),
    ...given('variation_id', variation),
    ...given('occurrence_id', draft.date),
    ...given('seat_id', draft.seat),
    ...(price !== null && { price }),
  };
}

/** What to ask for one ticket; null while nothing is to be different, or an amount is none. */
export function wishOf(
  draft: ChangeDraft,
  position: Pick<OrderPositionView, 'id'>,
  currency: string,
): TicketWishBody | null {
  if (priceMistake(draft, currency) !== undefined) return null;
  const wish = partsOf(draft, currency);
  return Object.keys(wish).length === 0 ? null : { position_id: position.id, ...wish };
}

function addedOf(draft: ChangeDraft, currency: string): AddedTicketBody | null {
  const [type = ''] = draft.kind.split('/');
  if (type === '' || priceMistake(draft, currency) !== undefined) return null;
  return { ticket_type_id: type, ...partsOf(draft, currency) };
}

/** Whether some price is set by hand. */
export function setsPrices({ tickets, added }: Changes): boolean {
  return [...Object.values(tickets), ...Object.values(added)].some(
    ({ price }) => price.trim() !== '',
  );
}

/** All that is to be different; null while there is nothing, or an amount is none. */
export function lookOf(changes: Changes, settle: Settle, currency: string): LookBody | null {
  const news = Object.values(changes.added);
  const drafts = [...Object.values(changes.tickets), ...news];
  if (drafts.some((draft) => priceMistake(draft, currency) !== undefined)) return null;
  const tickets = Object.entries(changes.tickets)
    .map(([id, draft]) => wishOf(draft, { id }, currency))
    .filter((wish) => wish !== null);
  const added = news.map((draft) => addedOf(draft, currency)).filter((one) => one !== null);
  if (tickets.length + added.length === 0) return null;
  return { tickets, added, settle };
}
