import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { Navigate } from 'react-router';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { isOpen } from '~/shared/orders/isOpen';
import { orderQuery, purchaseOfQuery } from '~/shared/orders/queries';
import { paths } from '~/shared/paths';
import { deadlineOf, heldOrderOf, useCartDispatch } from '~/shared/state/cart';
import { PageHeading } from '~/shared/ui/PageHeading';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { CheckoutForm } from './CheckoutForm';
import { CheckoutSkeleton } from './CheckoutSkeleton';
import { ExtendDialog } from './ExtendDialog';
import { HoldTimer } from './HoldTimer';
import styles from './Checkout.module.css';
import { useSubmission } from './useSubmission';
import { useVerdict } from './useVerdict';
import { words } from './words';
import { YourTickets } from './YourTickets';

/** Remembers the hold, so that other pages and tabs can lead back here. */
function useRemembering(order: OrderView) {
  const dispatch = useCartDispatch();
  useEffect(() => {
    if (order.status === 'held') dispatch({ type: 'held', order: heldOrderOf(order) });
  }, [dispatch, order]);
}

function OpenCheckout({ order, readAt }: { order: OrderView; readAt: number }) {
  const purchase = useSubmission(order);
  const { submission, dispatch } = purchase;
  const deadline = useMemo(() => deadlineOf(order, readAt), [order, readAt]);
  useVerdict(order, purchase);
  useRemembering(order);
  const expire = useCallback(() => {
    dispatch({ type: 'expired' });
  }, [dispatch]);
  const isClosed = !isOpen(order);
  useEffect(() => {
    if (isClosed) expire();
  }, [isClosed, expire]);
  const isHeld = order.status === 'held' && submission.phase !== 'expired';
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <div className={styles.head}>
        <PageHeading title={words.title} />
        {isHeld && <HoldTimer deadline={deadline} onOver={expire} />}
      </div>
      <YourTickets
        order={order}
        canChange={isHeld && submission.phase === 'editing'}
        canPay={submission.phase === 'editing'}
      />
      <CheckoutForm order={order} purchase={purchase} />
      {isHeld && submission.phase === 'editing' && (
        <ExtendDialog order={order} deadline={deadline} />
      )}
    </div>
  );
}

/** It is bought with others: on their page. */
function Together({ order }: { order: OrderView }) {
  const read = useQuery(purchaseOfQuery(order.organizer_slug, order.purchase_id ?? ''));
  if (read.isPending) return <CheckoutSkeleton />;
  if (read.data === undefined)
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  return <Navigate to={paths.purchase(read.data.token)} replace />;
}

/** The purchase of one held order. */
export function Checkout({ token }: { token: string }) {
  const read = useQuery({ ...orderQuery(token), refetchOnWindowFocus: true });
  if (read.isPending) return <CheckoutSkeleton />;
  if (read.data === undefined)
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  const order = read.data;
  return <Found order={order} readAt={read.dataUpdatedAt} />;
}

function Found({ order, readAt }: { order: OrderView; readAt: number }) {
  const isPaying = order.status === 'awaiting_payment' && order.payment_status === 'pending';
  const isBound = order.status === 'confirmed' || order.status === 'awaiting_approval';
  if (order.purchase_id !== undefined && !isBound) return <Together order={order} />;
  if (isBound || isPaying) return <Navigate to={paths.order(order.token)} replace />;
  return <OpenCheckout key={order.id} order={order} readAt={readAt} />;
}
