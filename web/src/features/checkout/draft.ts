import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import type { SessionState } from '~/shared/state/session';
import { tabOnly } from '~/shared/state/storage';

/** What the buyer types, except anything about money. */
export interface Details {
  email: string;
  name: string;
}

const KEY = 'boxoffice.details';

/** Whether the organizer has decided by who buys and what they answered, so that it stands. */
export function hasApplied(order: OrderView): boolean {
  return order.needs_approval === true && order.status !== 'held';
}

/** Survives reloads, an expired hold and a change of tickets. */
export function keepDetails(order: OrderView, details: Details): void {
  if (!hasApplied(order)) tabOnly.write(KEY, details);
}

/** What we know already: typed in this tab, told to the server, or the account's. Who has applied
 *  stays who they are.
 */
export function knownDetails(order: OrderView, session: SessionState): Details {
  const typed = hasApplied(order) ? null : (tabOnly.read(KEY) as Details | null);
  if (typed !== null && `${typed.email}${typed.name}` !== '') return typed;
  const { email, name } = order.buyer ?? session.me?.user ?? { email: '', name: '' };
  return { email, name };
}
