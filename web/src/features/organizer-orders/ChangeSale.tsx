import { useQuery } from '@tanstack/react-query';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Opener } from '~/shared/ui/Opener';
import { eventQuery } from '~/shared/organizer/queries';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { ChangeForm } from './ChangeForm';
import styles from './Orders.module.css';
import { useWaiting, WaitingSale } from './WaitingSale';

function Loaded({ order, onClose }: { order: OrderView; onClose: () => void }) {
  const { slug } = useArea();
  const read = useQuery(eventQuery(slug, order.event_id));
  if (read.data !== undefined)
    return <ChangeForm order={order} event={read.data} onClose={onClose} />;
  if (read.isError) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  return (
    <Loading label="Loading the event">
      <Skeleton height={240} />
    </Loading>
  );
}

/** For staff: another type, date, seat or price for tickets, and more of them. */
export function ChangeSale({ order }: { order: OrderView }) {
  const isAllowed = useMay('orders:write');
  const waiting = useWaiting(order);
  if (!isAllowed || order.status !== 'confirmed' || order.positions.length === 0) return null;
  return (
    <section className={styles.box} aria-labelledby="change">
      <h2 id="change">Change</h2>
      {waiting === undefined ? (
        <Opener label="Change tickets">
          {(close) => <Loaded order={order} onClose={close} />}
        </Opener>
      ) : (
        <WaitingSale order={order} change={waiting} />
      )}
    </section>
  );
}
