import type {
  AddOnGroupView,
  AddOnLineBody,
  AddOnView,
  OfferView,
  OrderLineBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { linesFor, type Amounts } from './amounts';
import { isForSale, type Choice } from './choices';

/** One row of a group of add-ons: a type, or one variation of it. */
export interface Extra extends Pick<AddOnView, 'price' | 'list_price' | 'state' | 'available'> {
  key: string;
  ticketTypeId: string;
  variationId: string | null;
  /** Tells the row from all others; `name` stands in the row itself. */
  fullName: string;
  name: string;
  description: string;
  isOpen: boolean;
}

/** How many of each extra come with one ticket, by the extra's key. */
export type Picked = Readonly<Record<string, number>>;

/** By the key of the chosen row: for each of its tickets what comes with it. */
export type Extras = Readonly<Record<string, readonly Picked[]>>;

/** The rows of one add-on. */
function rowsOf({ variations, ...addOn }: AddOnView): Extra[] {
  const { ticket_type_id: ticketTypeId, pricing, ...shown } = addOn;
  const row = { ...shown, ticketTypeId, isOpen: pricing === 'open' };
  if (variations.length === 0) {
    return [{ ...row, key: ticketTypeId, variationId: null, fullName: addOn.name }];
  }
  return variations.map(({ variation_id: variationId, ...variation }) => {
    const fullName = `${addOn.name} · ${variation.name}`;
    return {
      ...row,
      ...variation,
      name: fullName,
      key: `${ticketTypeId}.${variationId}`,
      variationId,
      fullName,
    };
  });
}

export function extrasOf({ add_ons: addOns }: AddOnGroupView): Extra[] {
  return addOns.flatMap(rowsOf);
}

export const groupsOf = ({ add_on_groups: groups = [] }: Pick<OfferView, 'add_on_groups'>) =>
  groups;

const countIn = (group: AddOnGroupView, picked: Picked) =>
  extrasOf(group).reduce((sum, { key }) => sum + (picked[key] ?? 0), 0);

/** Of a group the most that may be picked of this extra beside what is picked of the others. */
export function mostOfExtra(group: AddOnGroupView, picked: Picked, extra: Extra): number {
  const others = countIn(group, picked) - (picked[extra.key] ?? 0);
  return Math.max(0, Math.min(group.maximum - others, extra.available ?? group.maximum));
}

/** Where there is nothing to choose, the choice is made already. */
function preset(groups: readonly AddOnGroupView[]): Picked {
  const forced = groups.flatMap((group): [string, number][] => {
    const [only, ...others] = extrasOf(group).filter(isForSale);
    return group.minimum > 0 && only !== undefined && others.length === 0
      ? [[only.key, group.minimum]]
      : [];
  });
  return Object.fromEntries(forced);
}

/** What comes with each of so many tickets of a row; a new one gets what the one before it has. */
export function picksOf(choice: Choice, quantity: number, extras: Extras): Picked[] {
  const chosen = extras[choice.key] ?? [];
  const picks: Picked[] = [];
  for (let ticket = 0; ticket < quantity; ticket += 1) {
    picks.push(chosen[ticket] ?? picks.at(-1) ?? preset(groupsOf(choice)));
  }
  return picks;
}

/**
 * The extras with other numbers of some of them, for one ticket (from 0) of a row. Tickets after the
 * last that was chosen for follow it.
 */
export function withPick(
  extras: Extras,
  { choice, ticket }: { choice: Choice; ticket: number },
  changed: Picked,
): Extras {
  const known = Math.max(ticket + 1, extras[choice.key]?.length ?? 0);
  const picks = picksOf(choice, known, extras);
  const after = picks.map((one, index) => (index === ticket ? { ...one, ...changed } : one));
  return { ...extras, [choice.key]: after };
}

export function addOnLines(groups: readonly AddOnGroupView[], picked: Picked): AddOnLineBody[] {
  return groups
    .flatMap(extrasOf)
    .filter(({ key }) => (picked[key] ?? 0) > 0)
    .map((extra) => ({
      ticket_type_id: extra.ticketTypeId,
      quantity: picked[extra.key] ?? 0,
      ...(extra.variationId !== null && { variation_id: extra.variationId }),
      ...(extra.isOpen && { price: extra.list_price.amount }),
    }));
}

/** The lines of the order: tickets with the same extras together. */
export function linesWith(
  choices: readonly Choice[],
  quantities: Readonly<Record<string, number>>,
  amounts: Amounts,
  extras: Extras,
): OrderLineBody[] {
  return choices.flatMap((choice) => {
    const groups = groupsOf(choice);
    const [line] = linesFor([choice], quantities, amounts);
    if (line === undefined || groups.length === 0) return line === undefined ? [] : [line];
    const alike = new Map<string, OrderLineBody>();
    for (const picked of picksOf(choice, line.quantity, extras)) {
      const addOns = addOnLines(groups, picked);
      const key = JSON.stringify(addOns);
      const quantity = (alike.get(key)?.quantity ?? 0) + 1;
      alike.set(key, { ...line, quantity, ...(addOns.length > 0 && { add_ons: addOns }) });
    }
    return [...alike.values()];
  });
}

/** A ticket (from 0) that lacks something of a group. */
export interface Lack {
  choice: Choice;
  group: AddOnGroupView;
  ticket: number;
}

/** The first ticket with less of a group than must come with it. */
export function lacking(
  choices: readonly Choice[],
  quantities: Readonly<Record<string, number>>,
  extras: Extras,
): Lack | undefined {
  for (const choice of choices) {
    const picks = picksOf(choice, quantities[choice.key] ?? 0, extras);
    for (const [ticket, picked] of picks.entries()) {
      const group = groupsOf(choice).find((one) => countIn(one, picked) < one.minimum);
      if (group !== undefined) return { choice, group, ticket };
    }
  }
  return undefined;
}

/** What the extras of one ticket cost, in minor units: the dearest of a group are included. */
export function costOf(groups: readonly AddOnGroupView[], picked: Picked): number {
  return groups.reduce((sum, group) => {
    const units = extrasOf(group).flatMap(({ key, price }) =>
      Array.from({ length: picked[key] ?? 0 }, () => price.amount),
    );
    const paid = units.toSorted((a, b) => b - a).slice(group.included);
    return sum + paid.reduce((all, amount) => all + amount, 0);
  }, 0);
}

/** Only for showing until the server has said what all of it costs. */
export function extrasCost(
  choices: readonly Choice[],
  quantities: Readonly<Record<string, number>>,
  extras: Extras,
): number {
  return choices
    .flatMap((choice) =>
      picksOf(choice, quantities[choice.key] ?? 0, extras).map((picked) =>
        costOf(groupsOf(choice), picked),
      ),
    )
    .reduce((sum, amount) => sum + amount, 0);
}
