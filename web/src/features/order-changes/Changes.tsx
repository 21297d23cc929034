import { useQuery } from '@tanstack/react-query';
import type { OrderOptionsView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { Answers, useAnswersUntil } from './Answers';
import { CancelTickets } from './CancelTickets';
import styles from './Changes.module.css';
import { GiveBack } from './GiveBack';
import { GiveOn } from './GiveOn';
import { Names } from './Names';
import { optionsQuery } from './queries';
import { Variations } from './Variations';

function isNothing(options: OrderOptionsView, answersUntil: string | null): boolean {
  const { cancel_until, give_on_until, names_until, return_until, variations_until } = options;
  const tickets = [give_on_until, names_until, return_until, variations_until];
  const times = [cancel_until, answersUntil, ...tickets];
  return !options.cancel_too_late && times.every((time) => time === null);
}

type Until = 'give_on_until' | 'names_until' | 'return_until' | 'variations_until';

/** The order with only the tickets that it is not too late for: each goes by its own date. */
function inTime(order: OrderView, { tickets }: OrderOptionsView, what: Until): OrderView {
  const late = new Set(tickets.filter((one) => one[what] === null).map((one) => one.ticket_id));
  return { ...order, tickets: order.tickets.filter(({ id }) => !late.has(id)) };
}

/** What can be done with single tickets. */
function TicketByTicket({ order, options }: { order: OrderView; options: OrderOptionsView }) {
  return (
    <>
      {options.names_until !== null && <Names order={inTime(order, options, 'names_until')} />}
      {options.variations_until !== null && (
        <Variations order={inTime(order, options, 'variations_until')} />
      )}
      {options.give_on_until !== null && <GiveOn order={inTime(order, options, 'give_on_until')} />}
      {options.return_until !== null && <GiveBack order={inTime(order, options, 'return_until')} />}
    </>
  );
}

/** "Plans changed?": what buyers can do with a confirmed order themselves, while they can. */
export function Changes({ order }: { order: OrderView }) {
  const { data: options } = useQuery(optionsQuery(order));
  const answersUntil = useAnswersUntil(order);
  if (options === undefined || order.positions.length === 0) return null;
  if (isNothing(options, answersUntil)) return null;
  return (
    <section className={styles.changes} aria-labelledby="changes">
      <h2 id="changes">Plans changed?</h2>
      {answersUntil !== null && <Answers order={order} until={answersUntil} />}
      <TicketByTicket order={order} options={options} />
      <CancelTickets order={order} options={options} />
    </section>
  );
}
