import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { cardDateText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { paths } from '~/shared/paths';
import { Poster } from '~/shared/poster/Poster';
import { useSession } from '~/shared/state/session';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { EmptyState } from '~/shared/ui/EmptyState';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { PageHeading } from '~/shared/ui/PageHeading';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './MyTickets.module.css';
import { myOrdersQuery } from './queries';
import { shelves } from './shelves';
import { placeText } from './TicketStub';

/** How an order stands that is not confirmed. */
function standText(order: OrderView): string {
  if (order.status === 'held') return 'Held, not bought yet';
  if (order.status === 'awaiting_approval') return 'Waits for the organizer';
  return order.payment_status === 'none' ? 'Accepted: pay now' : 'Payment under way';
}

function OrderRow({ order }: { order: OrderView }) {
  const isConfirmed = order.status === 'confirmed';
  return (
    <li className={`card ${styles.row ?? ''}`}>
      <div className={styles.poster}>
        <Poster title={order.event_title} />
      </div>
      <div>
        <p className="card-when">{cardDateText(order.starts_at, order.ends_at, order.timezone)}</p>
        <h3>
          <Link
            to={order.status === 'held' ? paths.checkout(order.token) : paths.order(order.token)}
          >
            {order.event_title}
          </Link>
        </h3>
        <p className="card-where">{placeText(order)}</p>
        <p className="card-price">
          <span>{countText(order.positions.length, 'ticket')}</span>
          {!isConfirmed && <span className="badge badge-few">{standText(order)}</span>}
        </p>
      </div>
    </li>
  );
}

function Shelf({ title, orders }: { title: string; orders: readonly OrderView[] }) {
  if (orders.length === 0) return null;
  return (
    <section className={styles.shelf}>
      <h2>{title}</h2>
      <ul className={styles.rows}>
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
    </section>
  );
}

function NoTickets() {
  const session = useSession();
  return (
    <EmptyState
      title="No tickets here yet"
      action={
        <div className="chips">
          <ButtonLink to={paths.discover}>See what’s on</ButtonLink>
          <ButtonLink look="line" to={paths.findOrder}>
            Find my order
          </ButtonLink>
        </div>
      }
    >
      <p>
        {session.status === 'member'
          ? 'Tickets bought with this account, or in this browser, appear here.'
          : 'Tickets bought in this browser appear here. Bought on another device? Find your order by e-mail, or sign in.'}
      </p>
    </EmptyState>
  );
}

function Shelves() {
  const read = useInfiniteQuery(myOrdersQuery);
  if (read.isPending) {
    return (
      <Loading label="Loading your tickets">
        <Skeleton height={152} />
      </Loading>
    );
  }
  if (read.data === undefined)
    return <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />;
  const { upcoming, past } = shelves(
    read.data.pages.flatMap((page) => page.items),
    read.dataUpdatedAt,
  );
  if (upcoming.length + past.length === 0) return <NoTickets />;
  return (
    <>
      <Shelf title="Coming up" orders={upcoming} />
      <Shelf title="Past" orders={past} />
      {read.hasNextPage && (
        <Button look="line" onClick={() => void read.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

export function MyTickets() {
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <PageHeading title="My tickets" />
      <Shelves />
    </div>
  );
}
