import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import type { useAppForm } from '~/shared/ui/forms/useAppForm';

/** What is asked of somebody who wants to wait. */
export interface Draft {
  date: string;
  quantity: string;
  /** Ids of the ticket types that will do. */
  types: string[];
  /** Ids of the add-ons that will do, where a ticket needs some. */
  addOns: string[];
  name: string;
  email: string;
}

export type Form = ReturnType<typeof useAppForm<Draft>>;

/** The ids of the fields, in their order. */
export const IDS = {
  date: 'wait-date',
  quantity: 'wait-quantity',
  types: 'wait-types',
  addOns: 'wait-add-ons',
  name: 'wait-name',
  email: 'wait-email',
} as const;

const AT_LEAST = 1;

/** The largest party that one of these types takes in one order. */
export function mostOf(event: EventPage, types: readonly string[]): number {
  const chosen = event.offers.filter(({ ticket_type_id: id }) => types.includes(id));
  const offers = chosen.length > 0 ? chosen : event.offers;
  return Math.max(AT_LEAST, ...offers.map(({ max_per_order: most }) => most));
}
