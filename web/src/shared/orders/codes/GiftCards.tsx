import { useState } from 'react';
import type { GiftCardPartView } from '~/shared/api/generated/boxoffice.schemas';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { CodeEntry } from './CodeEntry';
import styles from './Codes.module.css';

export type CardChange = { add: string } | { remove: string };

/** A mutation of `CardChange`. */
interface Changing {
  mutate: (change: CardChange, options: { onSuccess: () => void }) => void;
  isPending: boolean;
  error: Error | null;
}

interface GiftCardsProps {
  /** The order or change that they pay. */
  id: string;
  cards: readonly GiftCardPartView[];
  /** Another card could pay something. */
  isDue: boolean;
  change: Changing;
}

interface AnotherProps extends GiftCardsProps {
  onAdd: (code: string) => void;
  isOpen: boolean;
  onOpen: () => void;
}

/** The way in for one more card. */
function Another({ id, cards, change, onAdd, isOpen, onOpen }: AnotherProps) {
  if (!isOpen)
    return (
      <Button look="text" onClick={onOpen}>
        {cards.length === 0 ? 'I have a gift card' : 'I have another gift card'}
      </Button>
    );
  return (
    <CodeEntry
      id={`gift-card-${id}`}
      name="Gift card"
      error={change.error}
      isBusy={change.isPending}
      onApply={onAdd}
    />
  );
}

/** Where a gift card goes; each that pays, with a way to take it off again. */
export function GiftCards(props: GiftCardsProps) {
  const { cards, isDue, change } = props;
  const [isOpen, setOpen] = useState(false);
  const send = (what: CardChange) => {
    change.mutate(what, {
      onSuccess: () => {
        setOpen(false);
      },
    });
  };
  if (!isDue && cards.length === 0) return null;
  return (
    <div className={styles.codes}>
      {cards.map(({ gift_card_id: card, code_end: end }) => (
        <Button
          key={card}
          look="text"
          onClick={() => {
            send({ remove: card });
          }}
        >
          Take gift card …{end} off
        </Button>
      ))}
      {isDue && (
        <Another
          {...props}
          isOpen={isOpen}
          onOpen={() => {
            setOpen(true);
          }}
          onAdd={(code) => {
            send({ add: code });
          }}
        />
      )}
      {change.error !== null && !(isDue && isOpen) && <ErrorPanel error={change.error} />}
    </div>
  );
}
