import { useMutation, useQuery } from '@tanstack/react-query';
import { changeTickets, previewTicketChanges } from '~/shared/api/generated/boxoffice';
import type {
  ChangePreviewView,
  OrderView,
  TicketWishBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { hasCode } from '~/shared/api/problems';
import { useArea } from '~/shared/organizer/area';
import { useOnceKey } from '~/shared/organizer/useOnceKey';

/** What the change would come to now. */
export function useChangePreview(order: OrderView, wish: TicketWishBody) {
  const { slug } = useArea();
  return useQuery({
    queryKey: ['ticket-change', order.id, order.total.amount, wish],
    queryFn: () => previewTicketChanges(slug, order.id, { tickets: [wish] }),
    staleTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
}

interface Change {
  wish: TicketWishBody;
  because: string;
  shown: ChangePreviewView;
}

interface Ends {
  onDone: () => void;
  /** It would come to something else than was shown. */
  onDiffers: () => void;
}

export function useChangeTicket(order: OrderView, { onDone, onDiffers }: Ends) {
  const { slug } = useArea();
  const key = useOnceKey();
  return useMutation({
    mutationFn: ({ wish, because, shown }: Change) => {
      const body = { tickets: [wish], because, expected_total: shown.new_total.amount };
      return changeTickets(slug, order.id, body, key.headers());
    },
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: onDone,
    onError: (error) => {
      if (hasCode(error, 'change_differs')) onDiffers();
    },
  });
}
