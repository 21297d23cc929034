import { useQuery } from '@tanstack/react-query';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { hasStatus } from '~/shared/api/problems';
import { dateTimeText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { Status } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Answers } from './Answers';
import { Bought } from './Bought';
import { CancelSale } from './CancelSale';
import { ChangeSale } from './ChangeSale';
import { Documents } from './Documents';
import { History } from './History';
import styles from './Orders.module.css';
import { Questions } from './Questions';
import { saleQuery } from './queries';
import { SaleFacts } from './SaleFacts';
import { SplitSale } from './SplitSale';
import { orderWords } from '~/shared/organizer/orderWords';

function Parts({ order }: { order: OrderView }) {
  return (
    <div className={styles.sale}>
      <div className={styles.column}>
        <Bought order={order} />
        <Answers order={order} />
        <ChangeSale order={order} />
        <SplitSale order={order} />
        <CancelSale order={order} />
        <History order={order} />
        <Questions orderId={order.id} />
      </div>
      <div className={styles.column}>
        <SaleFacts order={order} />
        <Documents order={order} />
      </div>
    </div>
  );
}

/** One order as the team sees it. */
export function Sale({ orderId }: { orderId: string }) {
  const { slug } = useArea();
  const read = useQuery(saleQuery(slug, orderId));
  const back = { to: paths.sales(slug), label: 'Orders' };
  if (read.data !== undefined) {
    const order = read.data;
    const { tone, word } = orderWords(order.status);
    return (
      <Page
        title={`Order ${order.code}`}
        back={back}
        badge={<Status tone={tone}>{word}</Status>}
        facts={
          <>
            <span>{order.event_title}</span>
            <span>{dateTimeText(order.starts_at, order.timezone)}</span>
          </>
        }
      >
        <Parts order={order} />
      </Page>
    );
  }
  return (
    <Page title="Order" back={back}>
      {read.isPending ? (
        <Loading label="Loading the order">
          <Skeleton height={360} />
        </Loading>
      ) : hasStatus(read.error, 404) ? (
        <Panel title="No such order">
          <p>This organizer has no order at this address.</p>
        </Panel>
      ) : (
        <Trouble error={read.error} onRetry={() => void read.refetch()} />
      )}
    </Page>
  );
}
