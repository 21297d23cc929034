import { queryOptions } from '@tanstack/react-query';
import {
  getOrderOptions,
  listChangeChoices,
  listOrderChanges,
  listTicketReturns,
  listTransfers,
} from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';

/** What the buyer has given on or offered, oldest first. */
export function transfersQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'transfers'],
    queryFn: () => listTransfers(order.organizer_slug, order.id, asHolder(order.token)),
    staleTime: 0,
  });
}

/** The order's tickets that are or were offered back, oldest first. */
export function returnsQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'returns'],
    queryFn: () => listTicketReturns(order.organizer_slug, order.id, asHolder(order.token)),
    staleTime: 0,
  });
}

/** What the event's organizer lets its buyer do now. */
export function optionsQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'options'],
    queryFn: () => getOrderOptions(order.organizer_slug, order.id, asHolder(order.token)),
    staleTime: 0,
  });
}

/** Changes that cost more, newest first: at most one waits for its payment. */
export function changesQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'changes'],
    queryFn: () => listOrderChanges(order.organizer_slug, order.id, asHolder(order.token)),
    staleTime: 0,
  });
}

/** What may be chosen for each ticket now. */
export function choicesQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'change-choices', order.total.amount],
    queryFn: () => listChangeChoices(order.organizer_slug, order.id, asHolder(order.token)),
    staleTime: 0,
  });
}
