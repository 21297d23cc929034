import { useMutation, useQuery } from '@tanstack/react-query';
import { previewSplit, splitOrder } from '~/shared/api/generated/boxoffice';
import type {
  OrderView,
  SplitLookBody,
  SplitPreviewView,
  SplitView,
} from '~/shared/api/generated/boxoffice.schemas';
import { hasCode } from '~/shared/api/problems';
import { useArea } from '~/shared/organizer/area';
import { useOnceKey } from '~/shared/organizer/useOnceKey';

/** What both orders would cost; asked once everything is said. */
export function useSplitPreview(order: OrderView, look: SplitLookBody, isReady: boolean) {
  const { slug } = useArea();
  return useQuery({
    queryKey: ['split', order.id, order.total.amount, look],
    queryFn: () => previewSplit(slug, order.id, look),
    enabled: isReady,
    staleTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
}

interface Split {
  look: SplitLookBody;
  because: string;
  shown: SplitPreviewView;
}

interface Ends {
  onDone: (made: SplitView) => void;
  /** The new order would cost something else than was shown. */
  onDiffers: () => void;
}

export function useSplit(order: OrderView, { onDone, onDiffers }: Ends) {
  const { slug } = useArea();
  const key = useOnceKey();
  return useMutation({
    mutationFn: ({ look, because, shown }: Split) => {
      const body = { ...look, because, expected_total: shown.new_total.amount };
      return splitOrder(slug, order.id, body, key.headers());
    },
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: onDone,
    onError: (error) => {
      if (hasCode(error, 'split_differs')) onDiffers();
    },
  });
}
