import { useMutation, useQuery } from '@tanstack/react-query';
import { changeTickets, previewTicketChanges } from '~/shared/api/generated/boxoffice';
import type {
  ChangedView,
  ChangePreviewView,
  LookBody,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { hasCode } from '~/shared/api/problems';
import { useArea } from '~/shared/organizer/area';
import { useOnceKey } from '~/shared/organizer/useOnceKey';

/** What all of it would come to now. */
export function useChangePreview(order: OrderView, look: LookBody) {
  const { slug } = useArea();
  return useQuery({
    queryKey: ['ticket-change', order.id, order.total.amount, look],
    queryFn: () => previewTicketChanges(slug, order.id, look),
    staleTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
}

interface Change {
  look: LookBody;
  because: string;
  /** How long the buyer has to pay a difference. */
  hours: number;
  shown: ChangePreviewView;
}

interface Ends {
  onDone: (made: ChangedView) => void;
  /** It would come to something else than was shown. */
  onDiffers: () => void;
}

export function useChangeTicket(order: OrderView, { onDone, onDiffers }: Ends) {
  const { slug } = useArea();
  const key = useOnceKey();
  return useMutation({
    mutationFn: ({ look, because, hours, shown }: Change) => {
      const expected_total = shown.new_total.amount;
      const body = { ...look, because, expected_total, pay_within_hours: hours };
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
