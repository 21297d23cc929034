import { Link } from 'react-router';
import type { OrderRow } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { priceText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { Status } from '~/shared/organizer/Status';
import tables from '~/shared/organizer/Table.module.css';
import { usePhone } from '~/shared/organizer/usePhone';
import { paths } from '~/shared/paths';
import styles from './Orders.module.css';
import { momentText, orderWords, paymentWord } from '~/shared/organizer/orderWords';

function Code({ order }: { order: OrderRow }) {
  const { slug } = useArea();
  return (
    <Link className={`${tables.main ?? ''} ${tables.code ?? ''}`} to={paths.sale(slug, order.id)}>
      {order.code}
    </Link>
  );
}

function Buyer({ order }: { order: OrderRow }) {
  return (
    <>
      <bdi>{order.buyer_name ?? 'No name yet'}</bdi>
      {order.buyer_email !== null && (
        <span className={tables.sub}>
          <bdi>{order.buyer_email}</bdi>
        </span>
      )}
    </>
  );
}

function OrderState({ order }: { order: OrderRow }) {
  const { tone, word } = orderWords(order.status);
  return <Status tone={tone}>{word}</Status>;
}

function Cards({ orders }: { orders: readonly OrderRow[] }) {
  return (
    <ul className={tables.cards}>
      {orders.map((order) => (
        <li key={order.id} className={tables.card}>
          <div className={styles.line}>
            <Code order={order} />
            <OrderState order={order} />
          </div>
          <div>
            <Buyer order={order} />
          </div>
          <div className={styles.line}>
            <span className="muted">
              {order.event_title}, {countText(order.tickets, 'ticket')}
            </span>
            <b className="num">{priceText(order.total)}</b>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Row({ order }: { order: OrderRow }) {
  return (
    <tr>
      <td className={tables.fixed}>
        <Code order={order} />
        <span className={`num ${tables.sub ?? ''}`}>{momentText(order.created_at)}</span>
      </td>
      <td>
        <Buyer order={order} />
      </td>
      <td>{order.event_title}</td>
      <td className={`num ${tables.right ?? ''}`}>{order.tickets}</td>
      <td className={`num ${tables.right ?? ''}`}>
        {priceText(order.total)}
        {order.total.amount > 0 && <span className={tables.sub}>{paymentWord(order)}</span>}
      </td>
      <td>
        <OrderState order={order} />
      </td>
    </tr>
  );
}

/** A table where there is room for one, else cards. */
export function SalesTable({ orders }: { orders: readonly OrderRow[] }) {
  const isPhone = usePhone();
  if (isPhone) return <Cards orders={orders} />;
  return (
    <div className={tables.frame}>
      <table className={tables.table}>
        <caption className="vh">Orders, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Buyer</th>
            <th scope="col">Event</th>
            <th scope="col" className={tables.right}>
              Tickets
            </th>
            <th scope="col" className={tables.right}>
              Total
            </th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Row key={order.id} order={order} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
