import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { acceptWaitlistOffer } from '~/shared/api/generated/boxoffice';
import type {
  OrderView,
  WaitlistEntryView,
  WaitlistOfferView,
} from '~/shared/api/generated/boxoffice.schemas';
import { once } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { isUncertain } from '~/shared/api/problems';
import { dateTimeText } from '~/shared/format/dates';
import { leftText } from '~/shared/format/duration';
import { moneyText, priceText } from '~/shared/format/money';
import { minorUnits, symbolOf } from '~/shared/organizer/prices';
import { paths } from '~/shared/paths';
import { useCountdown } from '~/shared/state/useCountdown';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Field } from '~/shared/ui/forms/Field';
import { alongText, nameOf } from './names';
import styles from './Waitlist.module.css';

function useAccepting(token: string) {
  const navigate = useNavigate();
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: (price: number | null): Promise<OrderView> => {
      key.current ??= newKey();
      return acceptWaitlistOffer(token, { price }, once(key.current));
    },
    onSettled: (_, error) => {
      if (!isUncertain(error)) key.current = null;
    },
    onSuccess: (order) => {
      const isDone = order.status === 'confirmed';
      void navigate(isDone ? paths.order(order.token) : paths.checkout(order.token));
    },
  });
}

/** Ticks on its own; says once when it is over. */
function Countdown({ entry, offer, onOver }: OfferProps & { onOver: () => void }) {
  // By the server's clock: this device's may be wrong.
  const [skew] = useState(() => Date.now() - Date.parse(entry.server_time));
  const left = useCountdown(Date.parse(offer.ends_at) + skew);
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return (
    <p>
      Kept for you until <strong>{dateTimeText(offer.ends_at, entry.timezone)}</strong>{' '}
      <span className="muted num">({leftText(left)} left)</span>
    </p>
  );
}

interface OfferProps {
  entry: WaitlistEntryView;
  offer: WaitlistOfferView;
}

interface AnswerProps extends OfferProps {
  onOver: () => void;
  onDecline: () => void;
  isDeclining: boolean;
}

/** What is kept for somebody: take it, or let the next one have it. */
export function Offer({ entry, offer, onOver, onDecline, isDeclining }: AnswerProps) {
  const accepting = useAccepting(entry.token);
  const isOpen = offer.pricing === 'open';
  const along = alongText(offer);
  const { currency } = offer.price;
  const [amount, setAmount] = useState('');
  const [mistake, setMistake] = useState<string>();
  const take = () => {
    const price = isOpen ? minorUnits(amount, currency) : null;
    if (isOpen && (price === null || price < offer.price.amount)) {
      setMistake(`Give at least ${moneyText(offer.price)}.`);
      return;
    }
    setMistake(undefined);
    accepting.mutate(price);
  };
  return (
    <section className={styles.offer} aria-label="Your offer">
      <p className={styles.what}>
        <span>
          {offer.quantity} × {nameOf(offer)}
        </span>
        {!isOpen && <span className="num">{priceText(offer.total)}</span>}
      </p>
      {along !== null && <p>{along}</p>}
      <Countdown entry={entry} offer={offer} onOver={onOver} />
      {isOpen && (
        <Field
          label={`You give for each, in ${symbolOf(currency)}`}
          hint={`At least ${moneyText(offer.price)}.`}
          error={mistake}
          onChange={({ target }) => {
            setAmount(target.value);
          }}
        />
      )}
      {accepting.isError && <ErrorPanel error={accepting.error} />}
      <div className={styles.actions}>
        <Button wide busy={accepting.isPending ? 'Taking them…' : null} onClick={take}>
          Take my tickets
        </Button>
        <Button look="line" wide busy={isDeclining ? 'Letting them go…' : null} onClick={onDecline}>
          No, thank you
        </Button>
      </div>
    </section>
  );
}
