import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { withdrawOrderChange } from '~/shared/api/generated/boxoffice';
import type { ChangeView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText } from '~/shared/format/money';
import { ChangeDiff } from '~/shared/orders/change/ChangeDiff';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import styles from './Orders.module.css';
import { changesQuery } from './queries';

/** The change of an order that waits for its payment, if one does. */
export function useWaiting(order: OrderView): ChangeView | undefined {
  const { slug } = useArea();
  const read = useQuery(changesQuery(slug, order.id));
  return read.data?.find(({ status }) => status === 'awaiting_payment');
}

/** A change that the buyer has not paid for yet; it can be withdrawn. */
export function WaitingSale({ order, change }: { order: OrderView; change: ChangeView }) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const tell = useTell();
  const leaving = useMutation({
    mutationFn: () => withdrawOrderChange(slug, order.id, change.id),
    onSuccess: () => {
      tell('good', 'Withdrawn. The order stays as it is.');
      void queryClient.invalidateQueries(changesQuery(slug, order.id));
    },
  });
  return (
    <div className={styles.column}>
      <p>
        Waits for {moneyText(change.due)} from the buyer until{' '}
        {dateTimeText(change.expires_at, order.timezone)}. Until then the order stays as it is.
      </p>
      <ChangeDiff
        change={change.change}
        zone={order.timezone}
        backLabel="Goes back to the buyer"
        moreLabel="The buyer pays"
      />
      {leaving.isError && <Trouble error={leaving.error} />}
      <div>
        <Button
          look="line"
          busy={leaving.isPending ? 'Withdrawing…' : null}
          onClick={() => {
            leaving.mutate();
          }}
        >
          Withdraw the change
        </Button>
      </div>
    </div>
  );
}
