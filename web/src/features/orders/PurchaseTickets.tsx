import { Link } from 'react-router';
import type { OrderView, PurchaseView } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { paths } from '~/shared/paths';
import { PageHeading } from '~/shared/ui/PageHeading';
import styles from './Confirmed.module.css';
import { TicketStub } from './TicketStub';
import { words } from './words';

function One({ order }: { order: OrderView }) {
  return (
    <section aria-label={order.event_title} className={styles.tickets}>
      <h2>{order.event_title}</h2>
      {order.tickets.length > 0 && (
        <ul className={styles.tickets} aria-label={`Tickets for ${order.event_title}`}>
          {order.tickets.map((ticket) => (
            <TicketStub key={ticket.id} order={order} ticket={ticket} isFresh={false} />
          ))}
        </ul>
      )}
      {order.status === 'cancelled' && <p className="muted">This order was cancelled.</p>}
      <p>
        <Link to={paths.order(order.token)}>Open order {order.code}</Link>
        <span className="muted"> for its PDF, its calendar entry, and to change or cancel it</span>
      </p>
    </section>
  );
}

/** All tickets that were bought together, event by event. */
export function PurchaseTickets({ purchase }: { purchase: PurchaseView }) {
  const { buyer, orders, total } = purchase;
  const left = orders.filter(({ status }) => status === 'confirmed');
  return (
    <div className="wrap">
      <div className={styles.head}>
        <PageHeading title={left.length > 0 ? words.going : words.allCancelled} />
        {buyer !== null && left.length > 0 && <p className="lede">{words.mailed(buyer.email)}</p>}
        <p className="muted">
          {countText(orders.length, 'event')}, <span className="num">{moneyText(total)}</span> in
          all
        </p>
      </div>
      <div className={styles.more}>
        {orders.map((order) => (
          <One key={order.id} order={order} />
        ))}
      </div>
    </div>
  );
}
