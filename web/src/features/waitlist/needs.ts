import type {
  AddOnGroupView,
  EventPage,
  OfferView,
} from '~/shared/api/generated/boxoffice.schemas';
import type { Draft } from './draft';

/** The groups of which something must come with one of these tickets. */
export function needsOf(offers: readonly OfferView[]): AddOnGroupView[] {
  return offers.flatMap(({ add_on_groups: groups = [] }) =>
    groups.filter(({ minimum }) => minimum > 0),
  );
}

export function idsOf({ add_ons: addOns }: AddOnGroupView): string[] {
  return addOns.map(({ ticket_type_id: id }) => id);
}

/** Of each group that the chosen tickets need the add-ons that will do; none named: any will. */
export function wishedOf({ offers }: EventPage, { types, addOns }: Draft): string[] {
  const chosen = offers.filter(({ ticket_type_id: id }) => types.includes(id));
  const wished = needsOf(chosen).flatMap((group) => {
    const ids = idsOf(group);
    const ticked = ids.filter((id) => addOns.includes(id));
    return ticked.length < ids.length ? ticked : [];
  });
  return [...new Set(wished)];
}
