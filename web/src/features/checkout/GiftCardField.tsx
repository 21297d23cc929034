import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addOrderGiftCard, removeOrderGiftCard } from '~/shared/api/generated/boxoffice';
import type { GiftCardPartView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { orderQuery, purchasesKey } from '~/shared/orders/queries';
import { dueOf } from '~/shared/orders/tender';
import { Button } from '~/shared/ui/Button';
import { CodeEntry } from './CodeEntry';
import styles from './YourTickets.module.css';

type Change = { add: string } | { remove: string };

function useGiftCards(order: OrderView, done: () => void) {
  const queryClient = useQueryClient();
  const { organizer_slug: organizer, id, token } = order;
  return useMutation({
    mutationFn: (change: Change) =>
      'add' in change
        ? addOrderGiftCard(organizer, id, { code: change.add }, asHolder(token))
        : removeOrderGiftCard(organizer, id, change.remove, asHolder(token)),
    onSuccess: (changed) => {
      queryClient.setQueryData(orderQuery(token).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: purchasesKey });
      done();
    },
  });
}

interface UsedProps {
  cards: readonly GiftCardPartView[];
  onRemove: (card: string) => void;
}

function Used({ cards, onRemove }: UsedProps) {
  return cards.map(({ gift_card_id: id, code_end: end }) => (
    <Button
      key={id}
      look="text"
      onClick={() => {
        onRemove(id);
      }}
    >
      Take gift card …{end} off
    </Button>
  ));
}

/** Where a gift card goes; those that pay are above, each with a way to take it off again. */
export function GiftCardField({ order }: { order: OrderView }) {
  const [isOpen, setOpen] = useState(false);
  const change = useGiftCards(order, () => {
    setOpen(false);
  });
  const cards = order.gift_cards ?? [];
  const isDue = dueOf(order).amount > 0;
  if (!isDue && cards.length === 0) return null;
  return (
    <div className={styles.vouchers}>
      <Used
        cards={cards}
        onRemove={(card) => {
          change.mutate({ remove: card });
        }}
      />
      {isDue &&
        (isOpen ? (
          <CodeEntry
            id={`gift-card-${order.id}`}
            name="Gift card"
            error={change.error}
            isBusy={change.isPending}
            onApply={(code) => {
              change.mutate({ add: code });
            }}
          />
        ) : (
          <Button
            look="text"
            onClick={() => {
              setOpen(true);
            }}
          >
            {cards.length === 0 ? 'I have a gift card' : 'I have another gift card'}
          </Button>
        ))}
    </div>
  );
}
