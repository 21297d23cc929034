import { useMutation, useQueryClient } from '@tanstack/react-query';
import { addOrderGiftCard, removeOrderGiftCard } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { GiftCards, type CardChange } from '~/shared/orders/codes/GiftCards';
import { orderQuery, purchasesKey } from '~/shared/orders/queries';
import { dueOf } from '~/shared/orders/tender';

function useGiftCards({ organizer_slug: organizer, id, token }: OrderView) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: CardChange) =>
      'add' in change
        ? addOrderGiftCard(organizer, id, { code: change.add }, asHolder(token))
        : removeOrderGiftCard(organizer, id, change.remove, asHolder(token)),
    onSuccess: (changed) => {
      queryClient.setQueryData(orderQuery(token).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: purchasesKey });
    },
  });
}

/** The gift cards that pay an order, and where another goes. */
export function GiftCardField({ order }: { order: OrderView }) {
  const change = useGiftCards(order);
  return (
    <GiftCards
      id={order.id}
      cards={order.gift_cards ?? []}
      isDue={dueOf(order).amount > 0}
      change={change}
    />
  );
}
