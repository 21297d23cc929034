import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { paymentMethodsQuery } from './queries';

/** The ways to pay an order, and the one chosen: the first, until the buyer picks another. */
export function usePaying(order: OrderView) {
  const methods = useQuery(paymentMethodsQuery(order));
  const [picked, pick] = useState('');
  const first = methods.data?.[0]?.sources[0]?.source ?? '';
  return {
    methods,
    source: picked === '' ? first : picked,
    pick,
    isLoading: order.total.amount > 0 && methods.isPending,
  };
}

export type Paying = ReturnType<typeof usePaying>;
