import { queryOptions } from '@tanstack/react-query';
import {
  confirmOrder,
  listPaymentMethods,
  payOrder,
  setBuyer,
} from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, asHolderOnce } from '~/shared/api/headers';
import type { Details } from './draft';

export function paymentMethodsQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'payment-methods'],
    queryFn: ({ signal }) =>
      listPaymentMethods(order.organizer_slug, order.id, { ...asHolder(order.token), signal }),
    enabled: order.total.amount > 0,
    staleTime: Infinity,
  });
}

/** Tells who buys, then pays with `source` or, where nothing is to pay, confirms. Safe to repeat under one key. */
export async function buy(
  order: OrderView,
  details: Details,
  source: string,
  key: string,
): Promise<OrderView> {
  const { organizer_slug: organizer, id, token } = order;
  const told = await setBuyer(organizer, id, details, asHolder(token));
  if (told.total.amount === 0) return confirmOrder(organizer, id, asHolderOnce(token, key));
  const paid = await payOrder(organizer, id, { source }, asHolderOnce(token, key));
  return paid.order;
}
