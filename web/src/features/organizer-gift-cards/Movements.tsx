import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type {
  GiftCardEntryView,
  GiftCardView,
  Money,
} from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { momentText } from '~/shared/organizer/orderWords';
import styles from '~/shared/organizer/Settings.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { giftCardQuery } from './queries';
import { MOVED } from './words';

function signed(amount: Money): string {
  return amount.amount > 0 ? `+${moneyText(amount)}` : moneyText(amount);
}

function Movement({ entry }: { entry: GiftCardEntryView }) {
  const { slug } = useArea();
  return (
    <li>
      <span>
        {MOVED[entry.kind]}
        <span className={styles.sub}>
          {[momentText(entry.created_at), entry.because].filter(Boolean).join(' · ')}
          {entry.reference !== null && (
            <>
              {' · '}
              <Link to={paths.sale(slug, entry.reference)}>order</Link>
            </>
          )}
        </span>
      </span>
      <span className="num">{signed(entry.amount)}</span>
      <span className="num muted">{moneyText(entry.balance)} left</span>
    </li>
  );
}

/** All that happened to a card's money, newest first. */
export function Movements({ card }: { card: GiftCardView }) {
  const { slug } = useArea();
  const read = useQuery(giftCardQuery(slug, card.id));
  if (read.isPending) {
    return (
      <Loading label="Loading movements">
        <Skeleton height={80} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  return (
    <ul className={styles.items} aria-label={`Movements of …${card.code_end}, newest first`}>
      {read.data.entries.map((entry) => (
        <Movement key={entry.id} entry={entry} />
      ))}
    </ul>
  );
}
