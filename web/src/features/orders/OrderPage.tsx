import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { isOpen } from '~/shared/orders/isOpen';
import { orderQuery } from '~/shared/orders/queries';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { StatusPage } from '~/shared/ui/StatusPage';
import { Applied } from './Applied';
import { Confirmed } from './Confirmed';
import { Waiting } from './Waiting';
import { overWords, words } from './words';

const POLL_MS = 2000;

function isPending(order: OrderView): boolean {
  return isOpen(order) && order.payment_status === 'pending';
}

/** While the bank or the organizer has the word, the page asks again by itself. */
function pollEvery(order: OrderView): number | false {
  if (order.status === 'awaiting_approval') return 15 * POLL_MS;
  // It is over, and its card is being let go of.
  if (order.payment_status === 'authorised') return POLL_MS;
  return isPending(order) ? POLL_MS : false;
}

function OrderSkeleton() {
  return (
    <div className="wrap problem">
      <Loading label="Loading your order">
        <Skeleton height={64} width="60%" />
        <br />
        <Skeleton height={320} />
      </Loading>
    </div>
  );
}

function Unfinished({ order }: { order: OrderView }) {
  return (
    <StatusPage
      title={words.heldTitle}
      actions={<ButtonLink to={paths.checkout(order.token)}>Go on to checkout</ButtonLink>}
    >
      <p>{words.held}</p>
    </StatusPage>
  );
}

function Over({ order, help }: { order: OrderView; help: ReactNode }) {
  const { title, text } = overWords(order.status);
  const event = paths.event(order.organizer_slug, order.event_slug);
  return (
    <StatusPage
      title={title}
      actions={<ButtonLink to={event}>{order.event_title}</ButtonLink>}
      more={help}
    >
      <p>{text}</p>
    </StatusPage>
  );
}

interface OrderPageProps {
  token: string;
  /** The way to ask about this order; another feature's. */
  help: (order: OrderView) => ReactNode;
  /** What its buyer can do with it; another feature's as well. */
  changes: (order: OrderView) => ReactNode;
}

/** An order behind its link: the confirmation, and whatever it is before or after that. */
export function OrderPage({ token, help, changes }: OrderPageProps) {
  const read = useQuery({
    ...orderQuery(token),
    refetchInterval: ({ state: { data } }) => (data === undefined ? false : pollEvery(data)),
  });
  if (read.isPending) return <OrderSkeleton />;
  if (read.data === undefined)
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  const order = read.data;
  if (order.status === 'confirmed') {
    return <Confirmed order={order} help={help(order)} changes={changes(order)} />;
  }
  return <Unconfirmed order={order} help={help(order)} />;
}

/** Before it is confirmed, or after it has come to nothing. */
function Unconfirmed({ order, help }: { order: OrderView; help: ReactNode }) {
  if (isPending(order)) return <Waiting order={order} />;
  if (order.needs_approval === true && order.status !== 'held')
    return <Applied order={order} help={help} />;
  if (isOpen(order)) return <Unfinished order={order} />;
  return <Over order={order} help={help} />;
}
