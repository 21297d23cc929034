import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { paths } from '~/shared/paths';
import styles from './Orders.module.css';
import { momentText, paymentWord } from '~/shared/organizer/orderWords';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who bought, how it was paid, and when. */
export function SaleFacts({ order }: { order: OrderView }) {
  const { slug } = useArea();
  const { buyer } = order;
  return (
    <section className={styles.box} aria-labelledby="facts">
      <h2 id="facts">Buyer and payment</h2>
      <dl className={styles.facts}>
        <Fact name="Buyer">
          {buyer === null ? (
            'Not given yet'
          ) : (
            <>
              <bdi>{buyer.name}</bdi>
              <br />
              <a href={`mailto:${buyer.email}`}>{buyer.email}</a>
            </>
          )}
        </Fact>
        <Fact name="Payment">{paymentWord(order)}</Fact>
        <Fact name="Event">
          <Link to={paths.managedEvent(slug, order.event_id)}>{order.event_title}</Link>
        </Fact>
        <Fact name="Opened">{momentText(order.created_at)}</Fact>
        {order.confirmed_at !== null && (
          <Fact name="Confirmed">{momentText(order.confirmed_at)}</Fact>
        )}
        {order.status === 'held' && order.hold_expires_at !== null && (
          <Fact name="Held until">{momentText(order.hold_expires_at)}</Fact>
        )}
      </dl>
    </section>
  );
}
