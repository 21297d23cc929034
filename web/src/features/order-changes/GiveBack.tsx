import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keepReturnedTicket, returnTicket } from '~/shared/api/generated/boxoffice';
import type { OrderView, ReturnView, TicketView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText } from '~/shared/format/money';
import { fullName } from '~/shared/orders/names';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import styles from './Changes.module.css';
import { returnsQuery } from './queries';

function Offered({ order, made }: { order: OrderView; made: ReturnView }) {
  const queryClient = useQueryClient();
  const keeping = useMutation({
    mutationFn: () =>
      keepReturnedTicket(order.organizer_slug, order.id, made.id, asHolder(order.token)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['order', order.token] }),
  });
  if (made.promised) return <span className="muted">Somebody is just being offered it</span>;
  return (
    <>
      <span className="muted">Offered until {dateTimeText(made.expires_at, order.timezone)}</span>
      <Button
        look="line"
        busy={keeping.isPending ? 'Taking it out…' : null}
        onClick={() => {
          keeping.mutate();
        }}
      >
        Keep it<span className="vh">: ticket {made.ticket_number}</span>
      </Button>
      {keeping.error !== null && <ErrorPanel error={keeping.error} />}
    </>
  );
}

function Kept({ order, ticket }: { order: OrderView; ticket: TicketView }) {
  const queryClient = useQueryClient();
  const tell = useTell();
  const offering = useMutation({
    mutationFn: () =>
      returnTicket(order.organizer_slug, order.id, ticket.id, asHolder(order.token)),
    onSuccess: () => {
      tell('good', 'We offer it to those who wait. Until somebody has bought it, it stays yours.');
      return queryClient.invalidateQueries(returnsQuery(order));
    },
  });
  return (
    <>
      <Button
        look="line"
        busy={offering.isPending ? 'Offering…' : null}
        onClick={() => {
          offering.mutate();
        }}
      >
        Offer it back<span className="vh">: ticket {ticket.number}</span>
      </Button>
      {offering.error !== null && <ErrorPanel error={offering.error} />}
    </>
  );
}

function Taken({ made }: { made: ReturnView }) {
  return (
    <li>
      <span>
        Ticket {made.ticket_number}: {made.ticket_name}
      </span>
      <span className="muted">
        Taken
        {made.face_value.amount > 0 && `; ${moneyText(made.face_value)} goes back to you`}
      </span>
    </li>
  );
}

/** Each ticket, and the way to give it back once somebody else has bought it. */
export function GiveBack({ order }: { order: OrderView }) {
  const read = useQuery(returnsQuery(order));
  const made = read.data ?? [];
  const standing = new Map(
    made.filter(({ status }) => status === 'offered').map((one) => [one.ticket_id, one]),
  );
  const own = order.tickets.filter(
    ({ given_on: isGivenOn, status }) => isGivenOn !== true && status === 'valid',
  );
  return (
    <div className={styles.part}>
      <h3>Offer a ticket back</h3>
      <p className="muted">
        We offer it to people on the waiting list. Once somebody has bought it you get back what it
        cost, without service fees, and your code lets nobody in any more. Until then it stays valid
        and yours.
      </p>
      {read.isError && <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />}
      <ul className={styles.list}>
        {own.map((ticket) => {
          const offer = standing.get(ticket.id);
          return (
            <li key={ticket.id}>
              <span>
                Ticket {ticket.number}: {fullName(ticket, order.timezone)}
              </span>
              {offer === undefined ? (
                <Kept order={order} ticket={ticket} />
              ) : (
                <Offered order={order} made={offer} />
              )}
            </li>
          );
        })}
        {made
          .filter(({ status }) => status === 'taken')
          .map((one) => (
            <Taken key={one.id} made={one} />
          ))}
      </ul>
    </div>
  );
}
