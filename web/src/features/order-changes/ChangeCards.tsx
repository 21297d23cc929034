import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import {
  addOrderChangeGiftCard,
  confirmOrderChange,
  removeOrderChangeGiftCard,
} from '~/shared/api/generated/boxoffice';
import type { ChangeView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, asHolderOnce } from '~/shared/api/headers';
import { moneyText } from '~/shared/format/money';
import { GiftCards, type CardChange } from '~/shared/orders/codes/GiftCards';
import { Tender } from '~/shared/orders/Tender';
import { attemptKey, settleAttempt } from '~/shared/paying/attempts';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import styles from './Changes.module.css';

interface CardsProps {
  order: OrderView;
  change: ChangeView;
  /** The change is another one now, or made. */
  reload: () => void;
}

/** What gift cards pay of a change, and where another goes: the last one makes it. */
export function ChangeCards({ order, change, reload }: CardsProps) {
  const { organizer_slug: organizer, id, token } = order;
  const tell = useTell();
  const changing = useMutation({
    mutationFn: (what: CardChange) =>
      'add' in what
        ? addOrderChangeGiftCard(organizer, id, change.id, { code: what.add }, asHolder(token))
        : removeOrderChangeGiftCard(organizer, id, change.id, what.remove, asHolder(token)),
    onSuccess: ({ status }) => {
      if (status === 'done') tell('good', 'Paid and changed.');
    },
    // Also after a refusal: the card may pay although the change could not be made.
    onSettled: reload,
  });
  return (
    <div>
      <Tender
        order={{ total: change.due, due: change.still_due, gift_cards: change.gift_cards }}
        rest="Still to pay"
      />
      <GiftCards
        id={change.id}
        cards={change.gift_cards}
        isDue={change.still_due.amount > 0}
        change={changing}
      />
    </div>
  );
}

/** Make what gift cards pay wholly, and what could not be made when the last of them came. */
export function MakeIt({ order, change, reload, children }: CardsProps & { children: ReactNode }) {
  const tell = useTell();
  const making = useMutation({
    mutationFn: () =>
      confirmOrderChange(
        order.organizer_slug,
        order.id,
        change.id,
        asHolderOnce(order.token, attemptKey(change.id, 'gift-cards')),
      ),
    onSettled: (_, error) => {
      settleAttempt(change.id, error ?? undefined);
      reload();
    },
    onSuccess: () => {
      tell('good', 'Paid and changed.');
    },
  });
  return (
    <>
      {making.isError && <ErrorPanel error={making.error} />}
      <div className={styles.buttons}>
        <Button
          busy={making.isPending ? 'Changing…' : null}
          onClick={() => {
            making.mutate();
          }}
        >
          Pay {moneyText(change.due)} by gift card
        </Button>
        {children}
      </div>
    </>
  );
}
