import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { offerTicket, withdrawTicketOffer } from '~/shared/api/generated/boxoffice';
import type { OrderView, TicketView, TransferView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { fullName } from '~/shared/orders/names';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import styles from './Changes.module.css';
import { OfferForm, type Offer } from './OfferForm';
import { transfersQuery } from './queries';

function Standing({ order, offer }: { order: OrderView; offer: TransferView }) {
  const queryClient = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: () =>
      withdrawTicketOffer(order.organizer_slug, order.id, offer.id, asHolder(order.token)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['order', order.token] }),
  });
  return (
    <>
      <span className="muted">
        Offered to <bdi>{offer.to_email}</bdi>
      </span>
      <Button
        look="line"
        busy={withdrawing.isPending ? 'Taking back…' : null}
        onClick={() => {
          withdrawing.mutate();
        }}
      >
        Take back<span className="vh"> the offer of ticket {offer.ticket_number}</span>
      </Button>
      {withdrawing.error !== null && <ErrorPanel error={withdrawing.error} />}
    </>
  );
}

function Giving({ order, ticket }: { order: OrderView; ticket: TicketView }) {
  const [isOpen, setOpen] = useState(false);
  const queryClient = useQueryClient();
  const tell = useTell();
  const offering = useMutation({
    mutationFn: (offer: Offer) =>
      offerTicket(order.organizer_slug, order.id, ticket.id, offer, asHolder(order.token)),
    onSuccess: (made) => {
      tell('good', `We mailed the offer to ${made.to_email}.`);
      setOpen(false);
      return queryClient.invalidateQueries(transfersQuery(order));
    },
  });
  if (!isOpen)
    return (
      <Button
        look="line"
        onClick={() => {
          setOpen(true);
        }}
      >
        Give to somebody<span className="vh">: ticket {ticket.number}</span>
      </Button>
    );
  return (
    <OfferForm
      isSending={offering.isPending}
      error={offering.error}
      onSend={(offer) => {
        offering.mutate(offer);
      }}
      onClose={() => {
        setOpen(false);
      }}
    />
  );
}

interface RowProps {
  order: OrderView;
  ticket: TicketView;
  offer: TransferView | undefined;
}

function Row({ order, ticket, offer }: RowProps) {
  return (
    <li>
      <span>
        Ticket {ticket.number}: {fullName(ticket, order.timezone)}
      </span>
      {ticket.given_on === true ? (
        <span className="muted">
          Given to <bdi>{ticket.attendee_name}</bdi>
        </span>
      ) : offer !== undefined ? (
        <Standing order={order} offer={offer} />
      ) : (
        ticket.status === 'valid' && <Giving order={order} ticket={ticket} />
      )}
    </li>
  );
}

/** Each ticket, and the way to give it to somebody else. */
export function GiveOn({ order }: { order: OrderView }) {
  const read = useQuery(transfersQuery(order));
  const standing = new Map(
    (read.data ?? [])
      .filter(({ status }) => status === 'offered')
      .map((offer) => [offer.ticket_id, offer]),
  );
  return (
    <div className={styles.part}>
      <h3>Give a ticket to somebody</h3>
      {read.isError && <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />}
      <ul className={styles.list}>
        {order.tickets.map((ticket) => (
          <Row key={ticket.id} order={order} ticket={ticket} offer={standing.get(ticket.id)} />
        ))}
      </ul>
    </div>
  );
}
