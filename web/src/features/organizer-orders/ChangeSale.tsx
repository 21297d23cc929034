import { useQuery } from '@tanstack/react-query';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Opener } from '~/shared/organizer/Opener';
import { eventQuery } from '~/shared/organizer/queries';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { ChangeForm } from './ChangeForm';
import styles from './Orders.module.css';

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

/** For staff: another type, date or price for a ticket, with what that comes to. */
export function ChangeSale({ order }: { order: OrderView }) {
  const isAllowed = useMay('orders:write');
  if (!isAllowed || order.status !== 'confirmed' || order.positions.length === 0) return null;
  return (
    <section className={styles.box} aria-labelledby="change">
      <h2 id="change">Change</h2>
      <Opener label="Change a ticket">{(close) => <Loaded order={order} onClose={close} />}</Opener>
    </section>
  );
}
