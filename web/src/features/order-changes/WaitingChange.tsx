import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import {
  getOrderChangePayment,
  payOrderChange,
  withdrawOrderChange,
} from '~/shared/api/generated/boxoffice';
import type { ChangeView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, asHolderOnce } from '~/shared/api/headers';
import { hasCode } from '~/shared/api/problems';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText } from '~/shared/format/money';
import { ChangeDiff } from '~/shared/orders/change/ChangeDiff';
import { orderQuery } from '~/shared/orders/queries';
import { attemptKey, settleAttempt } from '~/shared/paying/attempts';
import { declineText } from '~/shared/paying/declines';
import { useWays } from '~/shared/paying/useWays';
import { Ways } from '~/shared/paying/Ways';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Panel } from '~/shared/ui/Panel';
import { ChangeCards, MakeIt } from './ChangeCards';
import styles from './Changes.module.css';
import { changesQuery } from './queries';

const POLL_MS = 2000;

interface WaitingProps {
  order: OrderView;
  change: ChangeView;
}

function usePaying({ order, change }: WaitingProps) {
  const queryClient = useQueryClient();
  const tell = useTell();
  const reload = () => {
    void queryClient.invalidateQueries(changesQuery(order));
    void queryClient.invalidateQueries(orderQuery(order.token));
  };
  const paying = useMutation({
    mutationFn: (source: string) => {
      const [total, due] = [change.due.amount, change.still_due.amount];
      // For another amount it is another attempt, under a key of its own.
      const key = attemptKey(change.id, [source, total, due].join('·'));
      return payOrderChange(
        order.organizer_slug,
        order.id,
        change.id,
        { source, expected_total: total, expected_due: due },
        asHolderOnce(order.token, key),
      );
    },
    onSettled: (_, error) => {
      settleAttempt(change.id, error ?? undefined);
    },
    onSuccess: ({ change: paid }) => {
      if (paid.status === 'done') tell('good', 'Paid and changed.');
      if (paid.status === 'done') reload();
    },
    onError: (error) => {
      if (hasCode(error, 'change_over', 'change_paid_too_late', 'total_changed')) reload();
    },
  });
  const pending = paying.data?.change.status === 'awaiting_payment' ? paying.data.payment : null;
  useQuery({
    queryKey: ['order', order.token, 'change-payment', pending?.id],
    queryFn: async () => {
      const seen = await getOrderChangePayment(
        order.organizer_slug,
        order.id,
        change.id,
        pending?.id ?? '',
        asHolder(order.token),
      );
      if (seen.payment.status === 'failed') paying.reset();
      if (seen.change.status !== 'awaiting_payment') reload();
      return seen;
    },
    enabled: pending !== null,
    refetchInterval: POLL_MS,
    staleTime: 0,
  });
  return { paying, isPending: pending !== null, reload };
}

function Refused({ error }: { error: unknown }) {
  if (!hasCode(error, 'card_declined')) return <ErrorPanel error={error} />;
  return (
    <Panel tone="bad" role="alert" title="The card was declined">
      <p>{declineText(error)}</p>
    </Panel>
  );
}

interface PayProps extends WaitingProps {
  paying: ReturnType<typeof usePaying>['paying'];
  /** The way out, beside the button. */
  children: ReactNode;
}

/** Pay what no gift card does. */
function PayRest({ order, change, paying, children }: PayProps) {
  const ways = useWays(order);
  return (
    <>
      <Ways methods={ways.methods} source={ways.source} pick={ways.pick} />
      {paying.isError && <Refused error={paying.error} />}
      <div className={styles.buttons}>
        {ways.source !== '' && (
          <Button
            busy={paying.isPending ? 'Paying…' : null}
            onClick={() => {
              paying.mutate(ways.source);
            }}
          >
            Pay {moneyText(change.still_due)}
          </Button>
        )}
        {children}
      </div>
    </>
  );
}

/** Pay, or leave the order as it is. */
function Pay({ order, change }: WaitingProps) {
  const { paying, isPending, reload } = usePaying({ order, change });
  const leaving = useMutation({
    mutationFn: () =>
      withdrawOrderChange(order.organizer_slug, order.id, change.id, asHolder(order.token)),
    onSuccess: reload,
  });
  if (isPending)
    return (
      <p role="status">Your bank is still checking the payment. This page goes on by itself.</p>
    );
  const leave = (
    <Button
      look="line"
      busy={leaving.isPending ? 'Leaving it…' : null}
      onClick={() => {
        leaving.mutate();
      }}
    >
      Leave my order as it is
    </Button>
  );
  return (
    <>
      <ChangeCards order={order} change={change} reload={reload} />
      {leaving.isError && <ErrorPanel error={leaving.error} />}
      {change.still_due.amount > 0 ? (
        <PayRest order={order} change={change} paying={paying}>
          {leave}
        </PayRest>
      ) : (
        <MakeIt order={order} change={change} reload={reload}>
          {leave}
        </MakeIt>
      )}
    </>
  );
}

/** A change that is carried out as soon as its difference is paid, or news of one that was not. */
export function WaitingChange({ order, change }: WaitingProps) {
  if (change.status === 'refused')
    return (
      <Panel tone="careful" title="A change could not be made">
        <p>
          Your payment of {moneyText(change.still_due)} arrived too late for it and is on its way
          back. Your order is as it was.
        </p>
      </Panel>
    );
  return (
    <section className={styles.form} aria-labelledby="waiting-change">
      <h3 id="waiting-change">
        {change.by === 'staff' ? 'The organizer would change your order' : 'Your change waits'}
      </h3>
      <p>
        Nothing changes until {moneyText(change.due)} is paid. What it takes is kept for you until{' '}
        {dateTimeText(change.expires_at, order.timezone)}.
      </p>
      <ChangeDiff
        change={change.change}
        zone={order.timezone}
        backLabel="You get back"
        moreLabel="To pay"
      />
      <Pay order={order} change={change} />
    </section>
  );
}
