import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { openOrder, releaseOrder } from '~/shared/api/generated/boxoffice';
import type { EventPage, OrderLineBody } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, once } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { isUncertain } from '~/shared/api/problems';
import { orderQuery } from '~/shared/orders/queries';
import { paths } from '~/shared/paths';
import { heldOrderOf, useCart, useCartDispatch } from '~/shared/state/cart';
import { seatsQuery } from './queries';

/** The server counts what is left once a second: asked sooner, it may not know yet. */
const RECOUNTED_MS = 1100;

/** Holds the lines and goes to the checkout; whoever chooses anew lets the former choice go. */
export function useHolding(event: EventPage, occurrenceId: string | null) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { held } = useCart();
  const dispatch = useCartDispatch();
  const kept = useRef<{ key: string; body: string } | null>(null);
  return useMutation({
    mutationFn: (items: OrderLineBody[]) => {
      const body = {
        event_id: event.id,
        items,
        ...(occurrenceId !== null && { occurrence_id: occurrenceId }),
      };
      const told = JSON.stringify(body);
      if (kept.current?.body !== told) kept.current = { key: newKey(), body: told };
      return openOrder(event.organizer.slug, body, once(kept.current.key));
    },
    onSuccess: async (order) => {
      kept.current = null;
      if (held !== null && held.orderId !== order.id) {
        releaseOrder(held.organizer, held.orderId, asHolder(held.token)).catch(() => undefined);
      }
      dispatch({ type: 'held', order: heldOrderOf(order) });
      queryClient.setQueryData(orderQuery(order.token).queryKey, order);
      await navigate(paths.checkout(order.token));
    },
    onError: (error) => {
      if (!isUncertain(error)) kept.current = null;
      const { queryKey } = seatsQuery(event.organizer.slug, event.slug, occurrenceId);
      window.setTimeout(() => void queryClient.invalidateQueries({ queryKey }), RECOUNTED_MS);
    },
  });
}
