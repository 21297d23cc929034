import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { openOrder } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { once } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { hasCode } from '~/shared/api/problems';
import { orderQuery } from '~/shared/orders/queries';
import { paths } from '~/shared/paths';
import { heldOrderOf, useCartDispatch } from '~/shared/state/cart';
import { sameAgain } from './lines';

function bodyOf(order: OrderView, price: 'same' | 'today') {
  const { event_id, occurrence_id } = order;
  return { event_id, occurrence_id, items: sameAgain(order, price) };
}

/** Holds the tickets of an expired order anew and carries on in their checkout. */
export function useSameAgain(order: OrderView) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const dispatch = useCartDispatch();
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: async () => {
      key.current ??= newKey();
      const open = (price: 'same' | 'today', attempt: string) =>
        openOrder(order.organizer_slug, bodyOf(order, price), once(attempt));
      try {
        return await open('same', key.current);
      } catch (error) {
        if (!hasCode(error, 'wrong_price')) throw error;
        // A price has changed since: what buyers do not choose costs what it costs today.
        key.current = newKey();
        return await open('today', key.current);
      }
    },
    onSuccess: async (renewed) => {
      dispatch({ type: 'held', order: heldOrderOf(renewed) });
      queryClient.setQueryData(orderQuery(renewed.token).queryKey, renewed);
      await navigate(paths.checkout(renewed.token), { replace: true });
    },
  });
}
