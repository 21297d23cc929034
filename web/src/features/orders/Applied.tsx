import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { releaseOrder } from '~/shared/api/generated/boxoffice';
import type { ApplicationView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { priceText } from '~/shared/format/money';
import { orderQuery } from '~/shared/orders/queries';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { CopyText } from '~/shared/ui/CopyText';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Question } from '~/shared/ui/forms/Question';
import { PageHeading } from '~/shared/ui/PageHeading';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { appliedWords } from './applied';
import styles from './Applied.module.css';
import { applicationQuery } from './queries';

interface PartProps {
  order: OrderView;
  application: ApplicationView;
}

function Withdraw({ order }: { order: OrderView }) {
  const [isAsking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const leaving = useMutation({
    mutationFn: () => releaseOrder(order.organizer_slug, order.id, asHolder(order.token)),
    onSuccess: (left) => {
      queryClient.setQueryData(orderQuery(order.token).queryKey, left);
    },
  });
  const close = () => {
    setAsking(false);
  };
  return (
    <>
      <Button
        look="line"
        onClick={() => {
          setAsking(true);
        }}
      >
        Withdraw my application
      </Button>
      <Question
        isOpen={isAsking}
        title="Withdraw your application?"
        onClose={close}
        stay="Keep it"
        go="Withdraw"
        going="Withdrawing…"
        isGoing={leaving.isPending}
        onGo={() => {
          leaving.mutate();
        }}
      >
        {leaving.isError ? (
          <ErrorPanel error={leaving.error} />
        ) : (
          <p>The tickets are not kept for you any more, and others can apply for them.</p>
        )}
      </Question>
    </>
  );
}

function Tickets({ order }: { order: OrderView }) {
  return (
    <ul className={styles.tickets} aria-label="Tickets">
      {order.positions.map((one) => (
        <li key={one.id}>
          <span>{[one.ticket_type_name, one.variation_name].filter(Boolean).join(' · ')}</span>
          <b className="num">{priceText(one.price)}</b>
        </li>
      ))}
    </ul>
  );
}

function Said({ order, application }: PartProps) {
  const { message, answer } = application;
  if (message === '' && answer === '') return null;
  return (
    <dl className={styles.said}>
      {answer !== '' && (
        <div>
          <dt>The organizer says</dt>
          <dd>{answer}</dd>
        </div>
      )}
      {message !== '' && (
        <div>
          <dt>{order.buyer === null ? 'You wrote' : `${order.buyer.name} wrote`}</dt>
          <dd>{message}</dd>
        </div>
      )}
    </dl>
  );
}

function Actions({ order, application }: PartProps) {
  const event = paths.event(order.organizer_slug, order.event_slug);
  if (order.status === 'awaiting_payment') {
    return (
      <>
        <ButtonLink to={paths.checkout(order.token)}>Pay {priceText(order.total)}</ButtonLink>
        <Withdraw order={order} />
      </>
    );
  }
  if (application.state === 'waiting') return <Withdraw order={order} />;
  return <ButtonLink to={event}>{order.event_title}</ButtonLink>;
}

/** An order that the organizer decides about, from the application to its end. */
export function Applied({ order, help }: { order: OrderView; help: ReactNode }) {
  const read = useQuery(applicationQuery(order));
  if (read.data === undefined) {
    return (
      <div className="wrap problem">
        {read.isError ? (
          <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />
        ) : (
          <Loading label="Loading your application">
            <Skeleton height={320} />
          </Loading>
        )}
      </div>
    );
  }
  const { title, text, tone } = appliedWords(order, read.data);
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <PageHeading title={title} />
      <Panel tone={tone}>
        <p>{text}</p>
      </Panel>
      <section className={styles.card} aria-label="Your application">
        <h2>{order.event_title}</h2>
        <Tickets order={order} />
        <Said order={order} application={read.data} />
        <CopyText label="Order number" text={order.code} />
      </section>
      <div className="chips">
        <Actions order={order} application={read.data} />
      </div>
      {help}
    </div>
  );
}
