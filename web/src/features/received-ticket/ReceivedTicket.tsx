import { useQuery } from '@tanstack/react-query';
import type { HeldTicketView, ReceivedTicketView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText, daySpanText, hoursInZoneText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import { PageHeading } from '~/shared/ui/PageHeading';
import { Panel } from '~/shared/ui/Panel';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Answer } from './Answer';
import { PassOn } from './PassOn';
import { files, receivedQuery } from './queries';
import styles from './Received.module.css';

const ENDS: Record<Exclude<ReceivedTicketView['status'], 'offered'>, string> = {
  accepted: 'You gave this ticket to somebody else.',
  declined: 'You declined this ticket. It stays with who offered it.',
  withdrawn: 'This offer was taken back.',
  expired: 'The time to take this ticket is over.',
};

function Facts({ view }: { view: ReceivedTicketView }) {
  const place = [view.venue?.name, view.venue?.city].filter(Boolean).join(', ');
  return (
    <dl className={styles.facts}>
      <div>
        <dt>Ticket</dt>
        <dd>
          {view.ticket_name}
          {view.seat != null && <>, {view.seat.label}</>}
        </dd>
      </div>
      {view.extras !== null && (
        <div>
          <dt>With it</dt>
          <dd>{view.extras}</dd>
        </div>
      )}
      <div>
        <dt>When</dt>
        <dd>
          {daySpanText(view.starts_at, view.ends_at, view.timezone)}
          <br />
          {hoursInZoneText(view.starts_at, view.ends_at, view.timezone)}
        </dd>
      </div>
      <div>
        <dt>Where</dt>
        <dd>
          {place === '' ? 'Online' : place}
          {view.online_url !== null && (
            <>
              <br />
              <a href={view.online_url} rel="noreferrer">
                Open the event’s link
              </a>
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Mine({ token, view, ticket }: Held) {
  return (
    <>
      <div className={styles.card}>
        {ticket.status === 'valid' ? (
          <img
            className={styles.qr}
            src={files.qr(token)}
            width={320}
            height={320}
            alt={`QR code of your ticket, order ${view.order_code}`}
          />
        ) : (
          <p className={styles.state}>{ticket.status === 'used' ? 'Used' : 'Not valid'}</p>
        )}
        <p>
          <bdi>{view.to_name}</bdi>
        </p>
        <p className="num muted">
          Order <bdi>{view.order_code}</bdi>, ticket {ticket.number}
        </p>
      </div>
      <div className={styles.buttons}>
        <a className="btn btn-main" href={files.pdf(token)} download>
          <Icon name="download" /> Ticket as PDF
        </a>
      </div>
      {ticket.status === 'valid' && <PassOn token={token} view={view} />}
    </>
  );
}

interface Held {
  token: string;
  view: ReceivedTicketView;
  ticket: HeldTicketView;
}

function Offer({ token, view }: { token: string; view: ReceivedTicketView }) {
  return (
    <>
      {view.message !== '' && <p className={styles.message}>{view.message}</p>}
      <Answer token={token} />
      <p className="small muted">
        You can take it until {dateTimeText(view.expires_at, view.timezone)}. Whoever has this
        page’s address has the ticket, so keep it to yourself.
      </p>
    </>
  );
}

function Body({ token, view }: { token: string; view: ReceivedTicketView }) {
  if (view.cancelled)
    return (
      <Panel tone="bad" title="This ticket is cancelled">
        <p>It lets nobody in. Ask who gave it to you, or the organizer.</p>
      </Panel>
    );
  if (view.ticket !== null) return <Mine token={token} view={view} ticket={view.ticket} />;
  if (view.status === 'offered') return <Offer token={token} view={view} />;
  return (
    <Panel tone="careful">
      <p>{ENDS[view.status]}</p>
    </Panel>
  );
}

function titleOf(view: ReceivedTicketView): string {
  if (view.ticket !== null) return 'Your ticket';
  if (view.status === 'offered') return `${view.from_name} gives you a ticket`;
  return view.event_title;
}

/** A ticket that somebody gives to the reader: the offer, then the ticket itself. */
export function ReceivedTicket({ token }: { token: string }) {
  const read = useQuery(receivedQuery(token));
  if (read.isPending)
    return (
      <div className={`wrap ${styles.page ?? ''}`}>
        <Loading label="Loading the ticket">
          <Skeleton height={64} width="60%" />
          <br />
          <Skeleton height={320} />
        </Loading>
      </div>
    );
  if (read.data === undefined)
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  const view = read.data;
  const title = titleOf(view);
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <div>
        <PageHeading title={title} />
        <p className="lede">{view.event_title}</p>
      </div>
      <Facts view={view} />
      <Body token={token} view={view} />
    </div>
  );
}
