import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { isOpen } from '~/shared/orders/isOpen';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import styles from './Orders.module.css';

/** The files the buyer has, and the page the buyer sees. */
export function Documents({ order }: { order: OrderView }) {
  const base = `/api/v1/organizers/${order.organizer_slug}/orders/${order.id}`;
  const hasTickets = order.tickets.length > 0;
  const isToCome = isOpen(order);
  return (
    <section className={styles.box} aria-labelledby="documents">
      <h2 id="documents">Documents</h2>
      <div className={styles.links}>
        {hasTickets && (
          <>
            <a className="btn btn-line" href={`${base}/tickets.pdf`} download>
              <Icon name="download" /> Tickets as PDF
            </a>
            <a className="btn btn-line" href={`${base}/calendar.ics`} download>
              <Icon name="calendar" /> Calendar entry
            </a>
          </>
        )}
        <ButtonLink look="line" to={paths.order(order.token)}>
          <Icon name="out" /> The buyer’s page
        </ButtonLink>
      </div>
      {isToCome && <p className="muted">Tickets are made once the order is confirmed.</p>}
    </section>
  );
}
