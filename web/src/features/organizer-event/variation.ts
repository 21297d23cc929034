import type {
  ChangeVariationBody,
  VariationBody,
  VariationView,
} from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, priceInput, wholeNumber } from '~/shared/organizer/prices';

/** A variation as typed. */
export interface VariationDraft {
  name: string;
  price: string;
  quantity: string;
}

export function draftOf(variation: VariationView | null): VariationDraft {
  const price = variation?.price ?? null;
  return {
    name: variation?.name ?? '',
    price: price === null ? '' : priceInput(price.amount, price.currency),
    quantity: '',
  };
}

/** Without a price of its own it costs what its type costs. */
export function changeOf(draft: VariationDraft, currency: string): ChangeVariationBody {
  return { name: draft.name.trim(), price: minorUnits(draft.price, currency) };
}

export function bodyOf(draft: VariationDraft, currency: string): VariationBody {
  return {
    name: draft.name.trim(),
    price: minorUnits(draft.price, currency),
    quantity: wholeNumber(draft.quantity, 0),
  };
}
