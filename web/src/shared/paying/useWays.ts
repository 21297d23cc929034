import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { listPaymentMethods, listPurchasePaymentMethods } from '~/shared/api/generated/boxoffice';
import type {
  OrderView,
  PaymentMethodView,
  PurchaseView,
} from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';

function paymentMethodsQuery(order: OrderView, isAsked: boolean) {
  return queryOptions({
    queryKey: ['order', order.token, 'payment-methods'],
    queryFn: ({ signal }) =>
      listPaymentMethods(order.organizer_slug, order.id, { ...asHolder(order.token), signal }),
    enabled: isAsked,
    staleTime: Infinity,
  });
}

/** The ways to pay an order, and the one chosen: the first, until the buyer picks another. */
export function useWays(order: OrderView, isAsked = true) {
  return usePicking(useQuery(paymentMethodsQuery(order, isAsked)));
}

/** The same for orders that are paid together. */
export function usePurchaseWays({ organizer_slug, id, token }: PurchaseView, isAsked: boolean) {
  const methods = useQuery({
    queryKey: ['purchase', token, 'payment-methods'],
    queryFn: ({ signal }) =>
      listPurchasePaymentMethods(organizer_slug, id, { ...asHolder(token), signal }),
    enabled: isAsked,
    staleTime: Infinity,
  });
  return usePicking(methods);
}

function usePicking(methods: UseQueryResult<PaymentMethodView[]>) {
  const [picked, pick] = useState('');
  const first = methods.data?.[0]?.sources[0]?.source ?? '';
  return { methods, source: picked === '' ? first : picked, pick };
}

export type WaysRead = ReturnType<typeof useWays>;
