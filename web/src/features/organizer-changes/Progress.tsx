import { useQuery } from '@tanstack/react-query';
import type { DateChangeView, ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { Status } from '~/shared/organizer/Status';
import styles from './ChangeDates.module.css';
import { changesQuery } from './queries';

function whatText(event: ManagedEvent, change: DateChangeView): string {
  const verb = change.kind === 'cancel' ? 'Cancelled' : 'Postponed';
  const [only, ...others] = change.occurrence_ids;
  if (change.whole_event && others.length > 0) return `${verb}: the whole event`;
  const date = event.occurrences.find(({ id }) => id === only);
  return date === undefined ? verb : `${verb}: ${dateTimeText(date.starts_at, event.timezone)}`;
}

function moneyOf(change: DateChangeView): string {
  if (change.refunds === 0) return '';
  const done = `${String(change.refunds_done)} of ${countText(change.refunds, 'refund')}`;
  return ` · ${done}, ${moneyText(change.refunded)}`;
}

function Change({ event, change }: { event: ManagedEvent; change: DateChangeView }) {
  const orders = `${String(change.done)} of ${countText(change.orders, 'order')}`;
  return (
    <li className={styles.change}>
      <div className={styles.head}>
        <span className={styles.what}>{whatText(event, change)}</span>
        {change.status === 'running' ? (
          <Status tone="careful">Under way</Status>
        ) : (
          <Status tone="good">Done</Status>
        )}
      </div>
      {change.status === 'running' && (
        <progress aria-label="Orders dealt with" max={change.orders} value={change.done} />
      )}
      <p className="num muted">
        {orders}
        {moneyOf(change)}
      </p>
      {change.refunds_failed > 0 && (
        <p>
          {countText(change.refunds_failed, 'refund')} could not be paid back by card. Get in touch
          with these buyers.
        </p>
      )}
    </li>
  );
}

/** What was decided before, and how far the work for the orders is. */
export function Progress({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const read = useQuery(changesQuery(slug, event.id));
  if (read.data === undefined || read.data.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="progress-title">
      <h2 id="progress-title">Decided</h2>
      <ul className={styles.changes}>
        {read.data.map((change) => (
          <Change key={change.id} event={event} change={change} />
        ))}
      </ul>
    </section>
  );
}
