import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { openOrder } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { once } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import type { PriceChange } from '~/shared/orders/priceChange';
import { orderQuery } from '~/shared/orders/queries';
import { paths } from '~/shared/paths';
import { heldOrderOf, useCartDispatch } from '~/shared/state/cart';
import { codesOf, sameAgain } from './lines';

interface Again {
  /** The new prices that the buyer has consented to. */
  accepted?: PriceChange;
  without?: 'vouchers' | undefined;
}

/** Holds the tickets of an expired order anew and carries on in their checkout. */
export function useSameAgain(order: OrderView) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const dispatch = useCartDispatch();
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: ({ accepted, without }: Again) => {
      // Another price is another wish, with a key of its own.
      if (accepted !== undefined || without !== undefined) key.current = null;
      key.current ??= newKey();
      const body = {
        event_id: order.event_id,
        occurrence_id: order.occurrence_id,
        items: sameAgain(order),
        ...(order.access_code !== undefined && { access_code: order.access_code }),
        voucher_codes: without === 'vouchers' ? [] : codesOf(order),
        expected_total: accepted?.new_total ?? order.total.amount,
      };
      return openOrder(order.organizer_slug, body, once(key.current));
    },
    onSuccess: async (renewed) => {
      dispatch({ type: 'held', order: heldOrderOf(renewed) });
      queryClient.setQueryData(orderQuery(renewed.token).queryKey, renewed);
      await navigate(paths.checkout(renewed.token), { replace: true });
    },
  });
}
