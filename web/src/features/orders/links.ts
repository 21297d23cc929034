import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';

const base = (order: OrderView) => `/api/v1/organizers/${order.organizer_slug}/orders/${order.id}`;
const token = (order: OrderView) => `token=${encodeURIComponent(order.token)}`;

/** Files of an order for `<a>` and `<img>`, which cannot send headers. */
export const files = {
  pdf: (order: OrderView) => `${base(order)}/tickets.pdf?${token(order)}`,
  calendar: (order: OrderView) => `${base(order)}/calendar.ics?${token(order)}`,
  qr: (order: OrderView, ticketId: string) =>
    `${base(order)}/tickets/${ticketId}/qr.svg?${token(order)}`,
};
