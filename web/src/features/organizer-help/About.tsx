import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ConversationView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { priceText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { orderWords, paymentWord } from '~/shared/organizer/orderWords';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './Inbox.module.css';
import { orderQuery } from './queries';

function OrderFacts({ order }: { order: OrderView }) {
  return (
    <dl>
      <div>
        <dt>Event</dt>
        <dd>
          {order.event_title}
          <br />
          <span className="muted">{dateTimeText(order.starts_at, order.timezone)}</span>
        </dd>
      </div>
      <div>
        <dt>Bought</dt>
        <dd>
          {countText(order.positions.length, 'ticket')}, {priceText(order.total)}
          <br />
          <span className="muted">
            {orderWords(order.status).word} · {paymentWord(order)}
          </span>
        </dd>
      </div>
    </dl>
  );
}

function Order({ orderId }: { orderId: string }) {
  const { slug } = useArea();
  const read = useQuery(orderQuery(slug, orderId));
  if (read.isPending) {
    return (
      <Loading label="Loading the order">
        <Skeleton height={96} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  return <OrderFacts order={read.data} />;
}

/** The buyer and the order, so that nobody has to ask for them. */
export function About({ conversation }: { conversation: ConversationView }) {
  const { slug } = useArea();
  const mayRead = useMay('orders:read');
  return (
    <aside className={styles.about} aria-labelledby="about">
      <h2 id="about">About</h2>
      <dl>
        <div>
          <dt>Buyer</dt>
          <dd>
            <bdi>{conversation.buyer_name}</bdi>
            <br />
            <a href={`mailto:${conversation.buyer_email}`}>{conversation.buyer_email}</a>
          </dd>
        </div>
        <div>
          <dt>Order</dt>
          <dd className={styles.code}>
            {mayRead ? (
              <Link to={paths.sale(slug, conversation.order_id)}>{conversation.order_code}</Link>
            ) : (
              conversation.order_code
            )}
          </dd>
        </div>
      </dl>
      {mayRead && <Order orderId={conversation.order_id} />}
    </aside>
  );
}
