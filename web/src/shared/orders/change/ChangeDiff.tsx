import type { ChangePreviewView, TicketState } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText, priceText } from '~/shared/format/money';
import styles from './ChangeDiff.module.css';

function stateText(state: TicketState, zone: string): string {
  const seat = state.seat?.label;
  const parts = [state.name, seat, dateTimeText(state.starts_at, zone), priceText(state.price)];
  return parts.filter(Boolean).join(', ');
}

function Pair({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

interface DiffProps {
  change: ChangePreviewView;
  zone: string;
  /** "Goes back to the buyer", "You get back". */
  backLabel: string;
  moreLabel: string;
}

/** A change as a whole: every ticket before and after, what comes and goes, and the money. */
export function ChangeDiff({ change, zone, backLabel, moreLabel }: DiffProps) {
  return (
    <div className={styles.diff}>
      {change.tickets.map((one) => (
        <dl key={one.position_id}>
          <Pair name={`Ticket ${String(one.number)} now`} text={stateText(one.before, zone)} />
          <Pair name="Then" text={stateText(one.after, zone)} />
        </dl>
      ))}
      {(change.added.length > 0 || change.removed.length > 0) && (
        <dl>
          {change.added.map((one, index) => (
            <Pair key={`+${String(index)}`} name="New" text={stateText(one, zone)} />
          ))}
          {change.removed.map((one, index) => (
            <Pair key={`-${String(index)}`} name="Taken off" text={stateText(one, zone)} />
          ))}
        </dl>
      )}
      <p>
        <span>The order costs</span>
        <span className="num">
          {priceText(change.old_total)} → {priceText(change.new_total)}
        </span>
      </p>
      {change.refund.amount > 0 && (
        <p>
          <span>{backLabel}</span>
          <b className="num">{moneyText(change.refund)}</b>
        </p>
      )}
      {change.more.amount > 0 && (
        <p>
          <span>{moreLabel}</span>
          <b className="num">{moneyText(change.more)}</b>
        </p>
      )}
    </div>
  );
}
