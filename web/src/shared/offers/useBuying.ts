import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { openOrder, releaseOrder, releasePurchase } from '~/shared/api/generated/boxoffice';
import type { EventPage, OrderLineBody, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, once } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { hasCode, isUncertain } from '~/shared/api/problems';
import { orderQuery, purchaseQuery } from '~/shared/orders/queries';
import { quotesKey } from '~/shared/orders/quote';
import { paths } from '~/shared/paths';
import {
  heldOrderOf,
  heldPurchaseOf,
  useCart,
  useCartDispatch,
  type HeldOrder,
} from '~/shared/state/cart';
import { eventQuery } from './queries';
import { isJoinable, together } from './together';
import { forgetDateParts } from './useDateParts';
import { termsBody, type Terms } from './usePrice';

/** The tickets, and what they are to cost altogether if the buyer has been told. */
interface Wish {
  items: OrderLineBody[];
  expected_total?: number;
}

/** A key for one intention: kept while its outcome is unknown, new after an answer or a change of mind. */
function useIntention() {
  const kept = useRef<{ key: string; body: string } | null>(null);
  return {
    keyFor(body: string): string {
      if (kept.current?.body !== body) kept.current = { key: newKey(), body };
      return kept.current.key;
    },
    settle(error?: unknown) {
      if (!isUncertain(error)) kept.current = null;
    },
  };
}

/** Whoever chooses anew lets the former choice go. Failing is fine: that hold ends by itself. */
function letGo(former: HeldOrder | null, order: OrderView): void {
  if (former === null || former.orderId === order.id) return;
  const release = former.parts === undefined ? releaseOrder : releasePurchase;
  release(former.organizer, former.orderId, asHolder(former.token)).catch(() => undefined);
}

/** The server counts what is left once a second: asked sooner, it may not know yet. */
const RECOUNTED_MS = 1100;

/** Holds the chosen tickets and goes to the checkout; `counts` are what to ask for anew if that fails. */
export function useBuying(event: EventPage, terms: Terms, counts: QueryKey) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { held } = useCart();
  const dispatch = useCartDispatch();
  const intention = useIntention();
  return useMutation({
    mutationFn: (wish: Wish) => {
      const body = { ...termsBody(event, terms), ...wish };
      return openOrder(event.organizer.slug, body, once(intention.keyFor(JSON.stringify(body))));
    },
    onSuccess: async (order) => {
      intention.settle();
      forgetDateParts(event.id);
      const joined = isJoinable(held, event) ? await together(held, order) : undefined;
      if (joined != null) {
        dispatch({ type: 'held', order: heldPurchaseOf(joined) });
        queryClient.setQueryData(purchaseQuery(joined.token).queryKey, joined);
        await navigate(paths.purchase(joined.token));
        return;
      }
      if (joined === undefined) letGo(held, order);
      dispatch({ type: 'held', order: heldOrderOf(order) });
      queryClient.setQueryData(orderQuery(order.token).queryKey, order);
      await navigate(paths.checkout(order.token));
    },
    onError: (error) => {
      intention.settle(error);
      const { organizer, slug } = event;
      if (hasCode(error, 'price_changed')) {
        void queryClient.invalidateQueries(eventQuery(organizer.slug, slug));
        void queryClient.invalidateQueries({ queryKey: quotesKey(organizer.slug) });
        return;
      }
      window.setTimeout(
        () => void queryClient.invalidateQueries({ queryKey: counts }),
        RECOUNTED_MS,
      );
    },
  });
}
