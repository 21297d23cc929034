import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactNode } from 'react';
import { extendPurchase } from '~/shared/api/generated/boxoffice';
import type { PurchaseView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { moneyText } from '~/shared/format/money';
import { isOpen } from '~/shared/orders/isOpen';
import { purchaseQuery } from '~/shared/orders/queries';
import { paths } from '~/shared/paths';
import { deadlineOf, heldPurchaseOf, useCartDispatch } from '~/shared/state/cart';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { PageHeading } from '~/shared/ui/PageHeading';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { StatusPage } from '~/shared/ui/StatusPage';
import styles from './Checkout.module.css';
import { CheckoutSkeleton } from './CheckoutSkeleton';
import { HoldTimer } from './HoldTimer';
import { PurchaseForm } from './PurchaseForm';
import { PurchaseOrder } from './PurchaseOrder';
import tickets from './YourTickets.module.css';
import { words } from './words';

const POLL_MS = 2000;

/** The bank has the word. */
function isPending({ status, orders }: PurchaseView): boolean {
  return status === 'held' && orders.some(({ payment_status }) => payment_status === 'pending');
}

function Waiting() {
  return (
    <StatusPage title="Your payment is on its way">
      <p role="status">{words.checking} This page asks again by itself.</p>
    </StatusPage>
  );
}

/** Remembers the hold, so that other pages and tabs can lead back here. */
function useRemembering(purchase: PurchaseView) {
  const dispatch = useCartDispatch();
  const isHeld = purchase.status === 'held' && purchase.orders.some(isOpen);
  useEffect(() => {
    if (isHeld) dispatch({ type: 'held', order: heldPurchaseOf(purchase) });
    else dispatch({ type: 'left', orderId: purchase.id });
  }, [dispatch, isHeld, purchase]);
}

function useMoreTime({ organizer_slug, id, token }: PurchaseView) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => extendPurchase(organizer_slug, id, asHolder(token)),
    onSuccess: (extended) => {
      queryClient.setQueryData(purchaseQuery(token).queryKey, extended);
    },
  });
}

function MoreTime({ purchase }: { purchase: PurchaseView }) {
  const moreTime = useMoreTime(purchase);
  if (purchase.extensions_left === 0) return null;
  return (
    <>
      <Button
        look="text"
        busy={moreTime.isPending ? 'Keeping your tickets…' : null}
        onClick={() => {
          moreTime.mutate();
        }}
      >
        Keep them five minutes longer
      </Button>
      {moreTime.isError && <ErrorPanel error={moreTime.error} />}
    </>
  );
}

function Over({ purchase }: { purchase: PurchaseView }) {
  return (
    <StatusPage
      title={words.expiredTitle}
      actions={
        <ButtonLink to={paths.organizerProfile(purchase.organizer_slug)}>
          All events of the organizer
        </ButtonLink>
      }
    >
      <p>The tickets went back on sale, and nothing was bought. Money that came goes back.</p>
    </StatusPage>
  );
}

interface OpenProps {
  purchase: PurchaseView;
  readAt: number;
  onOver: () => void;
}

function Open({ purchase, readAt, onOver }: OpenProps) {
  const deadline = useMemo(() => deadlineOf(purchase, readAt), [purchase, readAt]);
  const canBuy = purchase.orders.every(isOpen);
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <div className={styles.head}>
        <PageHeading title={words.title} />
        {canBuy && <HoldTimer deadline={deadline} onOver={onOver} />}
      </div>
      <div className={`${styles.aside ?? ''} ${styles.together ?? ''}`}>
        {purchase.orders.map((order) => (
          <PurchaseOrder key={order.id} purchase={purchase} order={order} canChange />
        ))}
        <p className={`${tickets.total ?? ''} total`}>
          <span>Total</span>
          <span className="num">{moneyText(purchase.total)}</span>
        </p>
        {canBuy && <MoreTime purchase={purchase} />}
      </div>
      {canBuy && <PurchaseForm purchase={purchase} />}
    </div>
  );
}

interface PurchaseCheckoutProps {
  token: string;
  /** The tickets, once they are bought; another feature's. */
  bought: (purchase: PurchaseView) => ReactNode;
}

/** Orders for several events: bought together with one payment. */
export function PurchaseCheckout({ token, bought }: PurchaseCheckoutProps) {
  const read = useQuery({
    ...purchaseQuery(token),
    refetchOnWindowFocus: true,
    refetchInterval: ({ state: { data } }) => (data && isPending(data) ? POLL_MS : false),
  });
  if (read.isPending) return <CheckoutSkeleton />;
  if (read.data === undefined)
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  return (
    <Found
      purchase={read.data}
      readAt={read.dataUpdatedAt}
      onOver={() => void read.refetch()}
      bought={bought}
    />
  );
}

function Found({ purchase, bought, ...rest }: OpenProps & Pick<PurchaseCheckoutProps, 'bought'>) {
  useRemembering(purchase);
  if (purchase.status === 'confirmed') return bought(purchase);
  if (isPending(purchase)) return <Waiting />;
  if (purchase.status === 'ended' || !purchase.orders.some(isOpen))
    return <Over purchase={purchase} />;
  return <Open purchase={purchase} {...rest} />;
}
