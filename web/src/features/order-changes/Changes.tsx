import { useQuery } from '@tanstack/react-query';
import type {
  ChangeView,
  OrderOptionsView,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { Answers, useAnswersUntil } from './Answers';
import { CancelTickets } from './CancelTickets';
import { ChooseAnew } from './ChooseAnew';
import styles from './Changes.module.css';
import { GiveBack } from './GiveBack';
import { GiveOn } from './GiveOn';
import { Names } from './Names';
import { changesQuery, optionsQuery } from './queries';
import { WaitingChange } from './WaitingChange';

function isNothing(options: OrderOptionsView, answersUntil: string | null): boolean {
  const times = [
    answersUntil,
    options.cancel_until,
    options.give_on_until,
    options.names_until,
    options.return_until,
    options.variations_until,
    options.add_ons_until,
  ];
  return !options.cancel_too_late && times.every((time) => time == null);
}

type Until = 'give_on_until' | 'names_until' | 'return_until';

/** The order with only the tickets that it is not too late for: each goes by its own date. */
function inTime(order: OrderView, { tickets }: OrderOptionsView, what: Until): OrderView {
  const late = new Set(tickets.filter((one) => one[what] === null).map((one) => one.ticket_id));
  return { ...order, tickets: order.tickets.filter(({ id }) => !late.has(id)) };
}

/** The change that waits for its payment, or the last one if it was refused. */
function newsOf(changes: readonly ChangeView[] | undefined): ChangeView | undefined {
  const [latest] = changes ?? [];
  const waiting = changes?.find(({ status }) => status === 'awaiting_payment');
  return waiting ?? (latest?.status === 'refused' ? latest : undefined);
}

function mayChoose(options: OrderOptionsView, news: ChangeView | undefined): boolean {
  if (news?.status === 'awaiting_payment') return false;
  return options.variations_until != null || options.add_ons_until != null;
}

interface PartsProps {
  order: OrderView;
  options: OrderOptionsView;
  news: ChangeView | undefined;
}

/** What can be done with single tickets. */
function TicketByTicket({ order, options, news }: PartsProps) {
  return (
    <>
      {options.names_until !== null && <Names order={inTime(order, options, 'names_until')} />}
      {mayChoose(options, news) && <ChooseAnew order={order} />}
      {options.give_on_until !== null && <GiveOn order={inTime(order, options, 'give_on_until')} />}
      {options.return_until !== null && <GiveBack order={inTime(order, options, 'return_until')} />}
    </>
  );
}

/** "Plans changed?": what buyers can do with a confirmed order themselves, while they can. */
export function Changes({ order }: { order: OrderView }) {
  const { data: options } = useQuery(optionsQuery(order));
  const { data: changes } = useQuery(changesQuery(order));
  const answersUntil = useAnswersUntil(order);
  const news = newsOf(changes);
  if (options === undefined || order.positions.length === 0) return null;
  if (isNothing(options, answersUntil) && news === undefined) return null;
  return (
    <section className={styles.changes} aria-labelledby="changes">
      <h2 id="changes">Plans changed?</h2>
      {news !== undefined && <WaitingChange key={news.id} order={order} change={news} />}
      {answersUntil !== null && <Answers order={order} until={answersUntil} />}
      <TicketByTicket order={order} options={options} news={news} />
      <CancelTickets order={order} options={options} />
    </section>
  );
}
