import { useState, type ReactNode } from 'react';
import type {
  CancellationBody,
  CancellationPreview,
  CancelledView,
  OrderPositionView,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText, priceText } from '~/shared/format/money';
import { fullName } from '~/shared/orders/names';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Skeleton } from '~/shared/ui/Skeleton';
import styles from './Cancel.module.css';
import { Sums } from './Sums';
import { useCancel, usePreview } from './useCancelling';

interface ChoiceProps {
  zone: string;
  position: OrderPositionView;
  isChosen: boolean;
  onPick: (isChosen: boolean) => void;
}

function Choice({ zone, position, isChosen, onPick }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={isChosen}
        onChange={(change) => {
          onPick(change.target.checked);
        }}
      />
      <span>
        Ticket {position.number}: {fullName(position, zone)}
        {position.seat != null && <>, {position.seat.label}</>}
        {position.attendee_name !== null && (
          <span className="muted">
            {' '}
            for <bdi>{position.attendee_name}</bdi>
          </span>
        )}
      </span>
      <span className="num">{priceText(position.price)}</span>
    </label>
  );
}

interface TicketsProps {
  order: OrderView;
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

function Tickets({ order, chosen, onChoose }: TicketsProps) {
  const ids = order.positions.map(({ id }) => id);
  return (
    <>
      <fieldset>
        <legend className="vh">Which tickets to cancel</legend>
        {order.positions.map((position) => (
          <Choice
            key={position.id}
            zone={order.timezone}
            position={position}
            isChosen={chosen.includes(position.id)}
            onPick={(isChosen) => {
              const others = chosen.filter((id) => id !== position.id);
              onChoose(isChosen ? [...others, position.id] : others);
            }}
          />
        ))}
      </fieldset>
      {chosen.length < ids.length && ids.length > 1 && (
        <div className={styles.all}>
          <Button
            look="text"
            onClick={() => {
              onChoose(ids);
            }}
          >
            Choose all
          </Button>
        </div>
      )}
    </>
  );
}

type Read = ReturnType<typeof usePreview>;

/** What the chosen tickets come to, or why they cannot be cancelled. */
function Outcome({ read, zone }: { read: Read; zone: string }) {
  if (read.isError) return <ErrorPanel error={read.error} />;
  if (read.data === undefined) return <Skeleton height={96} />;
  return <Sums preview={read.data} zone={zone} />;
}

/** An answer to exactly what is asked now. */
function freshOf(read: Read): CancellationPreview | undefined {
  return read.isError || read.isPlaceholderData ? undefined : read.data;
}

function buttonText({ lines, refund }: CancellationPreview): string {
  const text = `Cancel ${countText(lines.length, 'ticket')}`;
  return refund.amount > 0 ? `${text}, ${moneyText(refund)} back` : text;
}

interface CancelFormProps {
  order: OrderView;
  /** Staff's own terms; buyers have none. */
  terms?: Pick<CancellationBody, 'terms' | 'discounts'>;
  because?: string;
  /** Fields between the tickets and what it comes to. */
  children?: ReactNode;
  onDone: (done: CancelledView) => void;
  onClose: () => void;
}

/** Choose tickets, see what comes back, and cancel exactly on those terms. */
export function CancelForm(props: CancelFormProps) {
  const { order, terms, because = '', children, onDone, onClose } = props;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const ids = order.positions.map(({ id }) => id).filter((id) => chosen.includes(id));
  const wanted = { ...terms, position_ids: ids };
  const isAsked = ids.length > 0;
  const read = usePreview(order, wanted, isAsked);
  const cancelling = useCancel(order, { onDone, onChanged: () => void read.refetch() });
  const shown = isAsked ? freshOf(read) : undefined;
  return (
    <div className={styles.form}>
      <Tickets order={order} chosen={ids} onChoose={setChosen} />
      {children}
      <div aria-live="polite">{isAsked && <Outcome read={read} zone={order.timezone} />}</div>
      {cancelling.error !== null && <ErrorPanel error={cancelling.error} />}
      <div className={styles.buttons}>
        {shown !== undefined && (
          <Button
            busy={cancelling.isPending ? 'Cancelling…' : null}
            onClick={() => {
              cancelling.mutate({ wanted, because, shown });
            }}
          >
            {buttonText(shown)}
          </Button>
        )}
        <Button look="line" onClick={onClose}>
          Keep everything
        </Button>
      </div>
    </div>
  );
}
