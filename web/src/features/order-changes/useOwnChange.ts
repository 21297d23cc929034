import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { changeOwnTickets, previewOwnChanges } from '~/shared/api/generated/boxoffice';
import type {
  ChangedView,
  ChangePreviewView,
  OrderView,
  OwnLookBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, asHolderOnce } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { hasCode, isUncertain } from '~/shared/api/problems';

/** What all of it would come to now. */
export function useOwnPreview(order: OrderView, look: OwnLookBody) {
  return useQuery({
    queryKey: ['order', order.token, 'own-change', order.total.amount, look],
    queryFn: () => previewOwnChanges(order.organizer_slug, order.id, look, asHolder(order.token)),
    staleTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
}

interface Ends {
  onDone: (made: ChangedView) => void;
  /** It would come to something else than was shown. */
  onDiffers: () => void;
}

/** Does exactly what was shown, once however often it has to be sent. */
export function useOwnChange(order: OrderView, { onDone, onDiffers }: Ends) {
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: ({ look, shown }: { look: OwnLookBody; shown: ChangePreviewView }) => {
      key.current ??= newKey();
      return changeOwnTickets(
        order.organizer_slug,
        order.id,
        { ...look, expected_total: shown.new_total.amount },
        asHolderOnce(order.token, key.current),
      );
    },
    onSettled: (_, error) => {
      if (!isUncertain(error)) key.current = null;
    },
    onSuccess: onDone,
    onError: (error) => {
      if (hasCode(error, 'change_differs')) onDiffers();
    },
  });
}
