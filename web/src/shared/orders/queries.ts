import { queryOptions } from '@tanstack/react-query';
import { getOrderByToken, getPurchase, getPurchaseByToken } from '~/shared/api/generated/boxoffice';
import type { OrderView, PurchaseView } from '~/shared/api/generated/boxoffice.schemas';

/** The order behind a capability link. */
export function orderQuery(token: string) {
  return queryOptions({
    queryKey: ['order', token],
    queryFn: ({ signal }): Promise<OrderView> => getOrderByToken(token, { signal }),
    staleTime: 0,
  });
}

export const purchasesKey = ['purchase'] as const;

/** The orders for several events behind one capability link. */
export function purchaseQuery(token: string) {
  return queryOptions({
    queryKey: [...purchasesKey, token],
    queryFn: ({ signal }): Promise<PurchaseView> => getPurchaseByToken(token, { signal }),
    staleTime: 0,
  });
}

/** The purchase that an order is a part of, for who bought it in this browser, and for the team. */
export function purchaseOfQuery(organizer: string, purchaseId: string) {
  return queryOptions({
    queryKey: [...purchasesKey, 'of', organizer, purchaseId],
    queryFn: ({ signal }): Promise<PurchaseView> => getPurchase(organizer, purchaseId, { signal }),
    staleTime: 5_000,
  });
}
