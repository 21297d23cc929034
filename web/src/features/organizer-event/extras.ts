import type {
  AddOnGroupRuleView,
  ContentRuleView,
  ExtrasBody,
  ManagedEvent,
  TicketTypeView,
} from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { minorUnits, priceInput, wholeNumber } from '~/shared/organizer/prices';

/** Whether a type is in a group, and at what price if not its own. */
interface Part {
  has: boolean;
  price: string;
}

export interface GroupDraft {
  name: string;
  minimum: string;
  maximum: string;
  included: string;
  /** By the id of the ticket type. */
  parts: Record<string, Part>;
}

export interface ContentDraft {
  /** A ticket type, or one variation of it: the key of an `Item`. */
  what: string;
  units: string;
  price: string;
}

/** What comes with a ticket type, as typed. */
export interface ExtrasDraft {
  groups: GroupDraft[];
  contents: ContentDraft[];
}

/** The place of a row, as the form names its fields. */
export const place = (index: number) => String(index) as `${number}`;

/** The types that can come with this one. */
export function others(event: ManagedEvent, { id }: TicketTypeView): TicketTypeView[] {
  return event.ticket_types.filter((one) => one.id !== id && (one.contents ?? []).length === 0);
}

/** What a bundle can contain: a type, or one variation of it. */
export interface Item {
  key: string;
  name: string;
}

export function itemsOf(event: ManagedEvent, type: TicketTypeView): Item[] {
  return others(event, type).flatMap(({ id, name, variations = [] }) =>
    variations.length === 0
      ? [{ key: id, name }]
      : variations.map((one) => ({ key: `${id} ${one.id}`, name: `${name} · ${one.name}` })),
  );
}

export function newGroup(event: ManagedEvent, type: TicketTypeView): GroupDraft {
  const parts = others(event, type).map(({ id }): [string, Part] => [
    id,
    { has: false, price: '' },
  ]);
  return { name: '', minimum: '0', maximum: '1', included: '0', parts: Object.fromEntries(parts) };
}

export function newContent(event: ManagedEvent, type: TicketTypeView): ContentDraft {
  return { what: itemsOf(event, type)[0]?.key ?? '', units: '1', price: '0' };
}

const inputOf = (price: { amount: number; currency: string }) =>
  priceInput(price.amount, price.currency);

export function draftOf(event: ManagedEvent, type: TicketTypeView): ExtrasDraft {
  const blank = newGroup(event, type);
  const groups = (type.add_on_groups ?? []).map((group) => {
    const parts = group.add_ons.map(({ ticket_type_id: id, price }): [string, Part] => [
      id,
      { has: true, price: price === null ? '' : inputOf(price) },
    ]);
    return {
      name: group.name,
      minimum: String(group.minimum),
      maximum: String(group.maximum),
      included: String(group.included),
      parts: { ...blank.parts, ...Object.fromEntries(parts) },
    };
  });
  const contents = (type.contents ?? []).map((one) => ({
    what: [one.ticket_type_id, one.variation_id].filter(Boolean).join(' '),
    units: String(one.units),
    price: inputOf(one.price),
  }));
  return { groups, contents };
}

export function bodyOf(draft: ExtrasDraft, event: ManagedEvent): ExtrasBody {
  return {
    add_on_groups: draft.groups.map((group) => ({
      name: group.name.trim(),
      minimum: wholeNumber(group.minimum, 0) ?? 0,
      maximum: wholeNumber(group.maximum, 1) ?? 1,
      included: wholeNumber(group.included, 0) ?? 0,
      add_ons: event.ticket_types
        .filter(({ id }) => group.parts[id]?.has === true)
        .map(({ id }) => ({
          ticket_type_id: id,
          price: minorUnits(group.parts[id]?.price ?? '', event.currency),
        })),
    })),
    contents: draft.contents.map(({ what, units, price }) => {
      const [type = '', variation = null] = what.split(' ');
      return {
        ticket_type_id: type,
        variation_id: variation,
        units: wholeNumber(units, 1) ?? 1,
        price: minorUnits(price, event.currency) ?? 0,
      };
    }),
  };
}

const nameIn = (event: ManagedEvent, id: string) =>
  event.ticket_types.find((one) => one.id === id)?.name ?? '';

/** "Meals: 1 to 3 of Lunch (€12.00), Dinner; 1 included". */
export function groupText(event: ManagedEvent, group: AddOnGroupRuleView): string {
  const { minimum: least, maximum: most, included } = group;
  const parts = group.add_ons.map(({ ticket_type_id: id, price }) =>
    price === null ? nameIn(event, id) : `${nameIn(event, id)} (${moneyText(price)})`,
  );
  const many = least === most ? String(most) : `${String(least)} to ${String(most)}`;
  const free = included === 0 ? '' : `; ${String(included)} included`;
  return `${group.name}: ${many} of ${parts.join(', ')}${free}`;
}

/** "2 × Dinner (€25.00 each)". */
export function contentText(event: ManagedEvent, content: ContentRuleView): string {
  const type = event.ticket_types.find(({ id }) => id === content.ticket_type_id);
  const variation = type?.variations?.find(({ id }) => id === content.variation_id);
  const name = [type?.name, variation?.name].filter(Boolean).join(' · ');
  const price = content.price.amount === 0 ? '' : ` (${moneyText(content.price)} each)`;
  return `${String(content.units)} × ${name}${price}`;
}
