import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';
import type { OrderView, TicketView } from '~/shared/api/generated/boxoffice.schemas';
import { daySpanText, hoursInZoneText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import { orderQuery } from '~/shared/orders/queries';
import { datesOf, extrasText, kindText } from '~/shared/orders/names';
import { paths } from '~/shared/paths';
import { PageHeading } from '~/shared/ui/PageHeading';
import { NotFoundPage, ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Qr } from './Qr';
import styles from './TicketPage.module.css';
import { placeText, stateText } from './TicketStub';
import { words } from './words';

/** Keeps the screen on at the door, where the browser allows it. */
function useWakeLock() {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    const lock = navigator.wakeLock.request('screen').catch(() => null);
    return () => {
      void lock.then((held) => held?.release());
    };
  }, []);
}

function Neighbours({ order, ticket }: { order: OrderView; ticket: TicketView }) {
  const at = order.tickets.findIndex(({ id }) => id === ticket.id);
  const before = order.tickets[at - 1];
  const after = order.tickets[at + 1];
  if (before === undefined && after === undefined) return null;
  return (
    <nav className={styles.nav} aria-label="Tickets of this order">
      {before !== undefined && (
        <Link className="btn btn-line" to={paths.ticket(order.token, before.id)}>
          <Icon name="back" /> Ticket {before.number}
        </Link>
      )}
      {after !== undefined && (
        <Link className="btn btn-line" to={paths.ticket(order.token, after.id)}>
          Ticket {after.number} <Icon name="arrow" />
        </Link>
      )}
    </nav>
  );
}

function Card({ order, ticket }: { order: OrderView; ticket: TicketView }) {
  const state = stateText(ticket);
  const holder = ticket.attendee_name ?? order.buyer?.name;
  const extras = extrasText(order, ticket.number);
  return (
    <div className={styles.card}>
      <div className={styles.code}>
        {state === null ? (
          <Qr order={order} ticket={ticket} />
        ) : (
          <p className={styles.void}>{state}</p>
        )}
      </div>
      <p className={styles.type}>
        Ticket {ticket.number} of {order.tickets.length}: {kindText(ticket)}
      </p>
      {ticket.seat != null && <p className={styles.type}>{ticket.seat.label}</p>}
      {extras !== '' && <p>With {extras}</p>}
      {holder !== undefined && (
        <p>
          <bdi>{holder}</bdi>
        </p>
      )}
      <p className="num">
        Order <bdi>{order.code}</bdi>
      </p>
    </div>
  );
}

function LargeTicket({ order, ticket }: { order: OrderView; ticket: TicketView }) {
  useWakeLock();
  const { starts_at, ends_at } = datesOf(order, ticket);
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <PageHeading title={order.event_title} />
      <p className={styles.when}>
        {daySpanText(starts_at, ends_at, order.timezone)}
        <br />
        <span className="muted">
          {hoursInZoneText(starts_at, ends_at, order.timezone)}, {placeText(order)}
        </span>
      </p>
      <Card order={order} ticket={ticket} />
      <p className="small">{words.screenshot}</p>
      <Neighbours order={order} ticket={ticket} />
      <p>
        <Link to={paths.order(order.token)}>All about this order</Link>
      </p>
    </div>
  );
}

/** One ticket, large, for the door. */
export function TicketPage({ token, ticketId }: { token: string; ticketId: string }) {
  const read = useQuery(orderQuery(token));
  if (read.isPending) {
    return (
      <div className={`wrap ${styles.page ?? ''}`}>
        <Loading label="Loading your ticket">
          <Skeleton height={520} />
        </Loading>
      </div>
    );
  }
  if (read.data === undefined)
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  const ticket = read.data.tickets.find(({ id }) => id === ticketId);
  return ticket === undefined ? (
    <NotFoundPage />
  ) : (
    <LargeTicket order={read.data} ticket={ticket} />
  );
}
