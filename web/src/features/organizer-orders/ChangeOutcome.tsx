import type { ChangePreviewView, TicketState } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText, priceText } from '~/shared/format/money';
import { Trouble } from '~/shared/organizer/Trouble';
import { Panel } from '~/shared/ui/Panel';
import { Skeleton } from '~/shared/ui/Skeleton';
import styles from './Orders.module.css';

function stateText(state: TicketState, zone: string): string {
  const seat = state.seat?.label;
  const parts = [state.name, seat, dateTimeText(state.starts_at, zone), priceText(state.price)];
  return parts.filter(Boolean).join(', ');
}

function Sums({ change }: { change: ChangePreviewView }) {
  return (
    <>
      <p className={styles.line}>
        <span>The order costs</span>
        <span className="num">
          {priceText(change.old_total)} → {priceText(change.new_total)}
        </span>
      </p>
      {change.refund.amount > 0 && (
        <p className={styles.line}>
          <span>Goes back to the buyer</span>
          <b className="num">{moneyText(change.refund)}</b>
        </p>
      )}
      {change.more.amount > 0 && (
        <Panel tone="careful">
          <p>
            That is {moneyText(change.more)} more than the buyer has paid. Give it a lower price,
            and say why.
          </p>
        </Panel>
      )}
    </>
  );
}

interface OutcomeProps {
  read: { data: ChangePreviewView | undefined; isError: boolean; error: unknown };
  zone: string;
}

/** What a change would come to: the ticket before and after, and the money. */
export function ChangeOutcome({ read, zone }: OutcomeProps) {
  if (read.isError) return <Trouble error={read.error} />;
  if (read.data === undefined) return <Skeleton height={96} />;
  return (
    <div className={styles.outcome}>
      {read.data.tickets.map((one) => (
        <dl key={one.position_id} className={styles.beforeAfter}>
          <div>
            <dt>Now</dt>
            <dd>{stateText(one.before, zone)}</dd>
          </div>
          <div>
            <dt>Then</dt>
            <dd>{stateText(one.after, zone)}</dd>
          </div>
        </dl>
      ))}
      <Sums change={read.data} />
    </div>
  );
}
