import type { OrderView, TicketView } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText, priceText } from '~/shared/format/money';
import { fullName, inFamilies } from '~/shared/orders/names';
import { Costs, TaxNote } from '~/shared/orders/Costs';
import { Tender } from '~/shared/orders/Tender';
import { Status } from '~/shared/organizer/Status';
import styles from './Orders.module.css';

const TICKET: Record<TicketView['status'], ['good' | 'over' | 'bad', string]> = {
  valid: ['good', 'Valid'],
  used: ['over', 'Admitted'],
  void: ['bad', 'Void'],
};

/** What was ordered: a line for each ticket, with where it stands. */
export function Bought({ order }: { order: OrderView }) {
  const ticketOf = new Map(order.tickets.map((ticket) => [ticket.number, ticket]));
  return (
    <section className={styles.box} aria-labelledby="bought">
      <h2 id="bought">Tickets</h2>
      <ul>
        {inFamilies(order.positions).map((position) => {
          const ticket = ticketOf.get(position.number);
          const state = ticket === undefined ? null : TICKET[ticket.status];
          const name = position.attendee_name ?? order.buyer?.name;
          return (
            <li key={position.id} className={styles.ticket}>
              <span className="num">{position.number}</span>
              <span>
                {typeof position.parent_id === 'string' && <span className="muted">with it: </span>}
                {fullName(position, order.timezone)}
                {position.seat != null && <>, {position.seat.label}</>}
                {name !== undefined && (
                  <span className="muted">
                    {' '}
                    for <bdi>{name}</bdi>
                  </span>
                )}
              </span>
              {state !== null && <Status tone={state[0]}>{state[1]}</Status>}
              <span className="num">{priceText(position.list_price)}</span>
            </li>
          );
        })}
      </ul>
      <Costs order={order} />
      {order.cancelled_positions.length > 0 && (
        <p className="muted">
          {countText(order.cancelled_positions.length, 'ticket')} of this order{' '}
          {order.cancelled_positions.length === 1 ? 'was' : 'were'} cancelled.
        </p>
      )}
      {order.fees
        .filter(({ kind }) => kind === 'cancellation')
        .map((fee) => (
          <p key={fee.name + String(fee.price.amount)} className={styles.line}>
            <span>{fee.name}</span>
            <span className="num">{moneyText(fee.price)}</span>
          </p>
        ))}
      <p className={`num ${styles.total ?? ''}`}>
        <span>Total</span>
        <span>{order.total.amount === 0 ? 'Free' : moneyText(order.total)}</span>
      </p>
      <Tender
        order={order}
        rest={order.confirmed_at === null ? 'Still to pay' : 'Paid otherwise'}
      />
      <TaxNote order={order} />
    </section>
  );
}
