import type { AddOnGroupView, AddOnView } from '~/shared/api/generated/boxoffice.schemas';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** An add-on named by its id. */
export function addOn(id: string, amount: number, changes: Partial<AddOnView> = {}): AddOnView {
  return {
    ticket_type_id: id,
    name: id,
    description: '',
    price: euros(amount),
    list_price: euros(amount),
    state: 'on_sale',
    available: null,
    pricing: 'fixed',
    admits: true,
    variations: [],
    ...changes,
  };
}

/** A group from which nothing must be chosen, unless `changes` says so. */
export function addOnGroup(
  changes: Partial<AddOnGroupView>,
  ...addOns: AddOnView[]
): AddOnGroupView {
  return {
    id: changes.name ?? 'g',
    name: 'Meals',
    minimum: 0,
    maximum: 3,
    included: 0,
    add_ons: addOns,
    ...changes,
  };
}
