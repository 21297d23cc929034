import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { Icon } from '~/shared/icons/Icon';
import { TaxNote } from '~/shared/orders/Costs';
import { Tender } from '~/shared/orders/Tender';
import { nounFor } from '~/shared/orders/names';
import { paths } from '~/shared/paths';
import { useSession } from '~/shared/state/session';
import { CopyText } from '~/shared/ui/CopyText';
import { PageHeading } from '~/shared/ui/PageHeading';
import { Panel } from '~/shared/ui/Panel';
import { ButtonLink } from '~/shared/ui/Button';
import { files } from './links';
import { Splits } from './Splits';
import styles from './Confirmed.module.css';
import { TicketStub } from './TicketStub';
import { paymentText, words } from './words';

function AccountOffer({ order }: { order: OrderView }) {
  const session = useSession();
  if (session.status !== 'guest') return null;
  return (
    <Panel icon="user" title="Keep your tickets in one place">
      <p>An account shows all your orders on every device. Your name and address are filled in.</p>
      <ButtonLink
        look="line"
        to={paths.signUp}
        state={{ email: order.buyer?.email ?? '', name: order.buyer?.name ?? '' }}
      >
        Make an account
      </ButtonLink>
    </Panel>
  );
}

function Files({ order }: { order: OrderView }) {
  return (
    <div className={styles.files}>
      {order.tickets.length > 0 && (
        <a className="btn btn-main" href={files.pdf(order)} download>
          <Icon name="download" /> Tickets as PDF
        </a>
      )}
      <a className="btn btn-line" href={files.calendar(order)} download>
        <Icon name="calendar" /> Add to calendar
      </a>
    </div>
  );
}

function Receipt({ order, isFresh }: { order: OrderView; isFresh: boolean }) {
  return (
    <section className={styles.receipt} aria-labelledby="receipt">
      <h2 id="receipt">Your order</h2>
      <dl className={styles.rows}>
        <div>
          <dt>Order number</dt>
          <dd>
            <CopyText label="" text={order.code} />
          </dd>
        </div>
        <div>
          <dt>Event</dt>
          <dd>
            <Link to={paths.event(order.organizer_slug, order.event_slug)}>
              {order.event_title}
            </Link>
          </dd>
        </div>
        <div>
          <dt>In all</dt>
          <dd className="num">
            {countText(order.positions.length, nounFor(order))}, {moneyText(order.total)} (
            {paymentText(order).toLowerCase()})
            <Tender order={order} rest="Paid otherwise" />
          </dd>
        </div>
        {order.cancelled_positions.length > 0 && (
          <div>
            <dt>Cancelled</dt>
            <dd className="num">{countText(order.cancelled_positions.length, 'ticket')}</dd>
          </div>
        )}
        {!isFresh && <Splits order={order} />}
        {order.taxes.length > 0 && (
          <div>
            <dt>Taxes</dt>
            <dd>
              <TaxNote order={order} />
            </dd>
          </div>
        )}
        {order.online_url !== null && (
          <div>
            <dt>Online</dt>
            <dd>
              <a href={order.online_url} rel="noreferrer">
                Open the event’s link
              </a>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

const JUST_MS = 60_000;

/** Deserves a small celebration; opening the link again later does not. */
function isJustBought({ confirmed_at: at, server_time: now }: OrderView): boolean {
  return at !== null && Date.parse(now) - Date.parse(at) < JUST_MS;
}

interface ConfirmedProps {
  order: OrderView;
  help: ReactNode;
  changes: ReactNode;
}

/** Bought: the tickets first, then everything that goes with them. */
export function Confirmed({ order, help, changes }: ConfirmedProps) {
  const isFresh = isJustBought(order);
  const isOver = Date.parse(order.ends_at) < Date.parse(order.server_time);
  const title = isOver ? words.wasThere : words.going;
  return (
    <div className="wrap">
      <div className={styles.head}>
        <PageHeading title={title}>
          {isFresh && (
            <span className={styles.spark} aria-hidden="true">
              <Icon name="check" size={40} />
            </span>
          )}
          {title}
        </PageHeading>
        {order.buyer !== null && <p className="lede">{words.mailed(order.buyer.email)}</p>}
      </div>
      <div className={styles.layout}>
        <ul className={styles.tickets} aria-label="Tickets">
          {order.tickets.map((ticket) => (
            <TicketStub key={ticket.id} order={order} ticket={ticket} isFresh={isFresh} />
          ))}
        </ul>
        <div className={styles.aside}>
          <Files order={order} />
          <Receipt order={order} isFresh={isFresh} />
          <AccountOffer order={order} />
        </div>
        <div className={styles.more}>
          {changes}
          {help}
        </div>
      </div>
    </div>
  );
}
