import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import styles from './Checkout.module.css';
import { words } from './words';

/** Who applied: the organizer has decided by it, so it stands. */
export function Sent({ order }: { order: OrderView }) {
  return (
    <section className={styles.part} aria-labelledby="you">
      <h2 id="you">{words.you}</h2>
      <p className="muted">{words.sentHint}</p>
      <dl className={styles.sent}>
        <div>
          <dt>{words.email}</dt>
          <dd>{order.buyer?.email}</dd>
        </div>
        <div>
          <dt>{words.name}</dt>
          <dd>{order.buyer?.name}</dd>
        </div>
      </dl>
    </section>
  );
}
