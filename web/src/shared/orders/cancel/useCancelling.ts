import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { cancelTickets, previewTicketCancellation } from '~/shared/api/generated/boxoffice';
import type {
  CancellationBody,
  CancellationPreview,
  CancelledView,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, asHolderOnce, once } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { hasCode, isUncertain } from '~/shared/api/problems';

/** Buyers show the order's capability; staff are known by their session. */
function headersFor(order: OrderView, key: string | null) {
  if (order.token === '') return key === null ? {} : once(key);
  return key === null ? asHolder(order.token) : asHolderOnce(order.token, key);
}

/** What it would come to now; asked only while something is chosen. */
export function usePreview(order: OrderView, wanted: CancellationBody, isWanted: boolean) {
  return useQuery({
    queryKey: ['cancellation', order.id, order.positions.length, wanted],
    queryFn: () =>
      previewTicketCancellation(order.organizer_slug, order.id, wanted, headersFor(order, null)),
    enabled: isWanted,
    staleTime: 0,
    placeholderData: (before) => before,
  });
}

interface Order {
  wanted: CancellationBody;
  because: string;
  shown: CancellationPreview;
}

/** Cancels as shown; when it comes to something else, `onChanged` looks again. */
export function useCancel(
  order: OrderView,
  { onDone, onChanged }: { onDone: (done: CancelledView) => void; onChanged: () => void },
) {
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: ({ wanted, because, shown }: Order) => {
      key.current ??= newKey();
      const body = {
        ...wanted,
        because,
        expected_refund: shown.refund.amount,
        expected_total: shown.new_total.amount,
      };
      return cancelTickets(order.organizer_slug, order.id, body, headersFor(order, key.current));
    },
    onSuccess: (done) => {
      key.current = null;
      onDone(done);
    },
    onError: (error) => {
      if (!isUncertain(error)) key.current = null;
      if (hasCode(error, 'cancellation_changed')) onChanged();
    },
  });
}
