import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { purchaseOfQuery } from '~/shared/orders/queries';
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

/** The other orders that were paid by the same charge. */
function Together({ order, purchaseId }: { order: OrderView; purchaseId: string }) {
  const { slug } = useArea();
  const { data } = useQuery(purchaseOfQuery(slug, purchaseId));
  const others = data?.orders.filter(({ id }) => id !== order.id) ?? [];
  return others.map(({ id, code, event_title: title }) => (
    <span key={id}>
      <Link to={paths.sale(slug, id)}>
        {code}: {title}
      </Link>
      <br />
    </span>
  ));
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
        {order.card_hold !== undefined && order.payment_status === 'authorised' && (
          <Fact name="Card authorised until">{momentText(order.card_hold.until)}</Fact>
        )}
        <Fact name="Event">
          <Link to={paths.managedEvent(slug, order.event_id)}>{order.event_title}</Link>
        </Fact>
        {order.purchase_id !== undefined && (
          <Fact name="Bought together with">
            <Together order={order} purchaseId={order.purchase_id} />
          </Fact>
        )}
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
