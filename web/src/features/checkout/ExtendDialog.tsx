import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { extendHold } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { clockText } from '~/shared/format/duration';
import { orderQuery } from '~/shared/orders/queries';
import { heldOrderOf, useCartDispatch } from '~/shared/state/cart';
import { useCountdown } from '~/shared/state/useCountdown';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Dialog } from '~/shared/ui/forms/Dialog';

const WARN_MS = 2 * 60_000;

function useExtending(order: OrderView) {
  const queryClient = useQueryClient();
  const dispatch = useCartDispatch();
  return useMutation({
    mutationFn: () => extendHold(order.organizer_slug, order.id, asHolder(order.token)),
    onSuccess: (extended) => {
      queryClient.setQueryData(orderQuery(order.token).queryKey, extended);
      dispatch({ type: 'held', order: heldOrderOf(extended) });
    },
  });
}

/** Two minutes before the hold ends: one key keeps the tickets. */
export function ExtendDialog({ order, deadline }: { order: OrderView; deadline: number }) {
  const left = useCountdown(deadline);
  const [declinedFor, setDeclinedFor] = useState<number | null>(null);
  const extending = useExtending(order);
  const isDue = left > 0 && left <= WARN_MS && order.extensions_left > 0;
  const close = () => {
    setDeclinedFor(deadline);
  };
  return (
    <Dialog
      isOpen={isDue && declinedFor !== deadline}
      title="Do you need more time?"
      onClose={close}
      actions={
        <>
          <Button
            busy={extending.isPending ? 'Keeping your tickets…' : null}
            onClick={() => {
              extending.mutate();
            }}
          >
            Keep my tickets
          </Button>
          <Button look="text" onClick={close}>
            Not now
          </Button>
        </>
      }
    >
      <p>
        Your tickets go back on sale in <span className="num">{clockText(left)}</span>. Keep them
        for another five minutes?
      </p>
      {extending.isError && <ErrorPanel error={extending.error} />}
    </Dialog>
  );
}
