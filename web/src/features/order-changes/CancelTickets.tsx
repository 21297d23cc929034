import { useQueryClient } from '@tanstack/react-query';
import type { OrderOptionsView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { CancelForm } from '~/shared/orders/cancel/CancelForm';
import { orderQuery } from '~/shared/orders/queries';
import { useTell } from '~/shared/state/notices';
import { Opener } from '~/shared/ui/Opener';
import styles from './Changes.module.css';

function Open({ order }: { order: OrderView }) {
  const queryClient = useQueryClient();
  const tell = useTell();
  return (
    <Opener label="Choose tickets to cancel">
      {(close) => (
        <CancelForm
          order={order}
          onClose={close}
          onDone={() => {
            tell('good', 'Cancelled. We mailed you what comes back.');
            close();
            void queryClient.invalidateQueries(orderQuery(order.token));
          }}
        />
      )}
    </Opener>
  );
}

interface CancelTicketsProps {
  order: OrderView;
  options: OrderOptionsView;
}

/** The way to cancel, as far as the event's organizer lets buyers. */
export function CancelTickets({ order, options }: CancelTicketsProps) {
  const { cancel_until: until, cancel_too_late: isTooLate } = options;
  if (until === null && !isTooLate) return null;
  return (
    <div className={styles.part}>
      <h3>Cancel</h3>
      {until === null ? (
        <p className="muted">It is too late to cancel here; the organizer may still help.</p>
      ) : (
        <>
          <p className="muted">
            One ticket or all of them. You see what comes back before anything happens; today’s
            terms hold until {dateTimeText(until, order.timezone)}.
          </p>
          <Open order={order} />
        </>
      )}
    </div>
  );
}
