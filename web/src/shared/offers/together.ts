import {
  joinPurchaseOrder,
  openPurchase,
  removePurchaseOrder,
} from '~/shared/api/generated/boxoffice';
import type { EventPage, OrderView, PurchaseView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import type { HeldOrder } from '~/shared/state/cart';

/** Whether what is held is of the same organizer, and not of this event alone. */
export function isJoinable(held: HeldOrder | null, event: EventPage): held is HeldOrder {
  if (held?.organizer !== event.organizer.slug) return false;
  return held.parts !== undefined || held.event !== event.slug;
}

async function take(held: HeldOrder, order: OrderView): Promise<PurchaseView | null> {
  const { organizer, orderId: id, parts } = held;
  const holder = asHolder(held.token);
  if (parts === undefined) return openPurchase(organizer, { order_ids: [id, order.id] }, holder);
  // Whoever chooses anew for an event lets the former choice for it go.
  const former = parts.find(({ event }) => event === order.event_slug);
  if (former !== undefined) await removePurchaseOrder(organizer, id, former.orderId, holder);
  const isOver = former !== undefined && parts.length === 1;
  return isOver ? null : joinPurchaseOrder(organizer, id, order.id, holder);
}

/** The new order bought together with what is held already; null where that cannot be: then it is
 *  bought alone, and what was held stays so until its time is over.
 */
export function together(held: HeldOrder, order: OrderView): Promise<PurchaseView | null> {
  return take(held, order).catch(() => null);
}
