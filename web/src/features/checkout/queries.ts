import { applyForOrder, confirmOrder, payOrder, setBuyer } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, asHolderOnce } from '~/shared/api/headers';
import { dueOf } from '~/shared/orders/tender';
import type { Details } from './draft';
import type { expected } from './totalChange';

/** Tells the server who buys. Nothing is bought by it, whatever happens to the answer. */
export function tellBuyer(order: OrderView, details: Details): Promise<OrderView> {
  return setBuyer(order.organizer_slug, order.id, details, asHolder(order.token));
}

/** Whether the organizer must be asked before anything is paid. */
export function mustApply(order: OrderView): boolean {
  return order.needs_approval === true && order.status === 'held';
}

/** What a purchase goes out with: how it is paid, or the words of an application and perhaps the
 *  card that is to hold its money. */
export interface Sending {
  source: string;
  message: string;
  /** What the page showed: it is refused if it costs anything else by now. */
  shown: ReturnType<typeof expected>;
}

/** Pays with the source or, where nothing is to pay, confirms; applies where the organizer decides.
 *  Safe to repeat under one key. */
export async function buy(
  order: OrderView,
  { source, message, shown }: Sending,
  key: string,
): Promise<OrderView> {
  const { organizer_slug: organizer, id, token } = order;
  const once = asHolderOnce(token, key);
  if (mustApply(order)) {
    const card = source === '' ? {} : { source };
    return applyForOrder(organizer, id, { message, ...card, ...shown }, once);
  }
  if (dueOf(order).amount === 0) return confirmOrder(organizer, id, once);
  return (await payOrder(organizer, id, { source, ...shown }, once)).order;
}
