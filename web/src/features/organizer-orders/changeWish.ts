import type {
  ManagedEvent,
  OrderPositionView,
  TicketWishBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { minorUnits } from '~/shared/organizer/prices';

/** What is typed and picked; nothing means that it stays. */
export interface ChangeDraft {
  /** The type's id and, after a slash, the variation's. */
  kind: string;
  date: string;
  seat: string;
  price: string;
  because: string;
}

export const UNCHANGED: ChangeDraft = { kind: '', date: '', seat: '', price: '', because: '' };

/** Every type and variation that the ticket could become. */
export function choicesOf(
  event: ManagedEvent,
  position: Pick<OrderPositionView, 'ticket_type_id' | 'variation_id'>,
): { value: string; label: string }[] {
  return event.ticket_types.flatMap((type) => {
    const variations = type.variations ?? [];
    if (variations.length === 0) {
      const isSame = type.id === position.ticket_type_id;
      return isSame ? [] : [{ value: type.id, label: `${type.name}, ${priceText(type.price)}` }];
    }
    return variations
      .filter(({ id }) => id !== position.variation_id)
      .map(({ id, name, price }) => ({
        value: `${type.id}/${id}`,
        label: `${type.name} · ${name}, ${priceText(price ?? type.price)}`,
      }));
  });
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

/** What to ask for; null while nothing is to be different, or an amount is none. */
export function wishOf(
  draft: ChangeDraft,
  position: Pick<OrderPositionView, 'id'>,
  currency: string,
): TicketWishBody | null {
  if (priceMistake(draft, currency) !== undefined) return null;
  const [type = '', variation = ''] = draft.kind.split('/');
  const price = priceOf(draft, currency);
  const wish = {
    ...given('ticket_type_id', type),
    ...given('variation_id', variation),
    ...given('occurrence_id', draft.date),
    ...given('seat_id', draft.seat),
    ...(price !== null && { price }),
  };
  return Object.keys(wish).length === 0 ? null : { position_id: position.id, ...wish };
}
