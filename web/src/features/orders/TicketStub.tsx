import { Link } from 'react-router';
import type { OrderView, TicketView } from '~/shared/api/generated/boxoffice.schemas';
import { daySpanText, hoursInZoneText } from '~/shared/format/dates';
import { datesOf, extrasText, kindText } from '~/shared/orders/names';
import { paths } from '~/shared/paths';
import { posterOf } from '~/shared/poster/poster';
import { PosterArt } from '~/shared/poster/Poster';
import { Qr } from './Qr';
import styles from './TicketStub.module.css';

const STATES: Record<TicketView['status'], string | null> = {
  valid: null,
  used: 'Used',
  void: 'Not valid',
};

/** Why there is no code to show; null while there is. */
export function stateText(ticket: TicketView): string | null {
  return ticket.given_on === true ? 'Given on' : STATES[ticket.status];
}

export function placeText(order: OrderView): string {
  const place = [order.venue?.name, order.venue?.city].filter(Boolean).join(', ');
  return place === '' ? 'Online' : place;
}

function Face({ order, ticket }: { order: OrderView; ticket: TicketView }) {
  const { starts_at, ends_at } = datesOf(order, ticket);
  const extras = extrasText(order, ticket.number);
  return (
    <div className={styles.text}>
      <p className={styles.title}>{order.event_title}</p>
      <dl className={styles.facts}>
        <div>
          <dt>When</dt>
          <dd>
            {daySpanText(starts_at, ends_at, order.timezone)}
            <br />
            {hoursInZoneText(starts_at, ends_at, order.timezone)}
          </dd>
        </div>
        <div>
          <dt>Where</dt>
          <dd>{placeText(order)}</dd>
        </div>
        <div>
          <dt>Ticket {ticket.number}</dt>
          <dd>
            {kindText(ticket)}
            {ticket.seat != null && (
              <>
                <br />
                <strong>{ticket.seat.label}</strong>
              </>
            )}
            {ticket.attendee_name !== null && (
              <>
                <br />
                <bdi>{ticket.attendee_name}</bdi>
              </>
            )}
          </dd>
        </div>
        {extras !== '' && (
          <div>
            <dt>With it</dt>
            <dd>{extras}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

interface TicketStubProps {
  order: OrderView;
  ticket: TicketView;
  /** Just bought: the stub tears off once. */
  isFresh: boolean;
}

/** A ticket as it looks on paper: the poster's face, a perforation, the code. */
export function TicketStub({ order, ticket, isFresh }: TicketStubProps) {
  const { palette } = posterOf(order.event_title);
  const state = stateText(ticket);
  return (
    <li className={`${styles.ticket ?? ''} ${isFresh ? (styles.fresh ?? '') : ''}`}>
      <div className={`${styles.face ?? ''} p${String(palette)}`}>
        <PosterArt title={order.event_title} className={styles.art ?? ''} />
        <Face order={order} ticket={ticket} />
      </div>
      <div className={styles.tear}>
        {state === null ? (
          <Qr order={order} ticket={ticket} />
        ) : (
          <p className={styles.state}>{state}</p>
        )}
        <p className={styles.code}>
          <span className="vh">Order </span>
          <bdi>{order.code}</bdi>
        </p>
        <Link to={paths.ticket(order.token, ticket.id)} className={styles.open}>
          Show large<span className="vh">: ticket {ticket.number}</span>
        </Link>
      </div>
    </li>
  );
}
