import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';

/** Whether the order is held, or is being paid: it may still come to something or to nothing. */
export function isOpen({ status }: Pick<OrderView, 'status'>): boolean {
  return status === 'held' || status === 'awaiting_payment';
}
