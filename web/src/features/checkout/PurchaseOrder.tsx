import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { removePurchaseOrder } from '~/shared/api/generated/boxoffice';
import type { OrderView, PurchaseView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { moneyText } from '~/shared/format/money';
import { Costs, TaxNote } from '~/shared/orders/Costs';
import { isOpen } from '~/shared/orders/isOpen';
import { purchaseQuery } from '~/shared/orders/queries';
import { Tender } from '~/shared/orders/Tender';
import { paths } from '~/shared/paths';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Panel } from '~/shared/ui/Panel';
import { GiftCardField } from './GiftCardField';
import { linesByDate } from './lines';
import { VoucherField } from './VoucherField';
import { Lines, What } from './YourTickets';
import styles from './YourTickets.module.css';

function useTakingOut({ organizer_slug, id, token }: PurchaseView, order: OrderView) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => removePurchaseOrder(organizer_slug, id, order.id, asHolder(token)),
    onSuccess: (left) => {
      queryClient.setQueryData(purchaseQuery(token).queryKey, left);
    },
  });
}

function TakeOut({ purchase, order }: { purchase: PurchaseView; order: OrderView }) {
  const takingOut = useTakingOut(purchase, order);
  return (
    <>
      {takingOut.isError && <ErrorPanel error={takingOut.error} />}
      <p className={styles.change}>
        {isOpen(order) && (
          <Link to={paths.event(order.organizer_slug, order.event_slug)}>
            Change tickets<span className="vh">: {order.event_title}</span>
          </Link>
        )}
        <Button
          look="text"
          busy={takingOut.isPending ? 'Taking them out…' : null}
          onClick={() => {
            takingOut.mutate();
          }}
        >
          Take out<span className="vh">: {order.event_title}</span>
        </Button>
      </p>
    </>
  );
}

/** What makes it cheaper, until a payment has begun, and what pays for a part of it. */
function Codes({ order }: { order: OrderView }) {
  return (
    <>
      {order.status === 'held' && <VoucherField order={order} />}
      <GiftCardField order={order} />
    </>
  );
}

interface PurchaseOrderProps {
  purchase: PurchaseView;
  order: OrderView;
  canChange: boolean;
}

/** What is bought of one of the events, with a way to take it out. */
export function PurchaseOrder({ purchase, order, canChange }: PurchaseOrderProps) {
  return (
    <section className={`${styles.box ?? ''} stub`} aria-label={order.event_title}>
      <div className="stub-top">
        <What order={order} />
      </div>
      <div className="stub-foot">
        {!isOpen(order) && (
          <Panel tone="careful">
            <p>These tickets are not held any more. Take them out to go on with the others.</p>
          </Panel>
        )}
        {linesByDate(order).map(({ when, lines }) => (
          <div key={when} className={styles.date}>
            {when !== null && <h3>{when}</h3>}
            <Lines lines={lines} />
          </div>
        ))}
        <Costs order={order} />
        <p className={`${styles.total ?? ''} total`}>
          <span>{order.event_title}</span>
          <span className="num">{moneyText(order.total)}</span>
        </p>
        <Tender order={order} rest="Still to pay" />
        <TaxNote order={order} />
        {canChange && isOpen(order) && <Codes order={order} />}
        {canChange && <TakeOut purchase={purchase} order={order} />}
      </div>
    </section>
  );
}
