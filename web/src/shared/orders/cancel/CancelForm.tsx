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
import { fullName, inFamilies, nounFor } from '~/shared/orders/names';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Skeleton } from '~/shared/ui/Skeleton';
import styles from './Cancel.module.css';
import { Sums } from './Sums';
import { useCancel, usePreview } from './useCancelling';

/** "Ticket 3: Day pass"; of what comes with a ticket that it does. */
function nameOf(position: OrderPositionView, zone: string): string {
  const name = fullName(position, zone);
  if (typeof position.parent_id === 'string') return `+ ${name}`;
  return position.admits === false ? name : `Ticket ${String(position.number)}: ${name}`;
}

/** Those that go when the chosen ones do: with a ticket whatever came with it. */
function withExtras(order: OrderView, chosen: readonly string[]): string[] {
  return order.positions
    .filter(({ id, parent_id: parent }) => chosen.includes(id) || chosen.includes(parent ?? ''))
    .map(({ id }) => id);
}

interface ChoiceProps {
  zone: string;
  position: OrderPositionView;
  isChosen: boolean;
  /** It goes with its ticket, whatever is chosen here. */
  isBound: boolean;
  onPick: (isChosen: boolean) => void;
}

function Choice({ zone, position, isChosen, isBound, onPick }: ChoiceProps) {
  return (
    <label
      className={`${styles.choice ?? ''} ${position.parent_id == null ? '' : (styles.extra ?? '')}`}
    >
      <input
        type="checkbox"
        disabled={isBound}
        checked={isChosen}
        onChange={(change) => {
          onPick(change.target.checked);
        }}
      />
      <span>
        {nameOf(position, zone)}
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
  /** Chosen by hand, and what goes with that. */
  chosen: readonly string[];
  going: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

function Tickets({ order, chosen, going, onChoose }: TicketsProps) {
  const ids = order.positions.map(({ id }) => id);
  const partsOf = (base: string) =>
    order.positions.filter(({ parent_id: parent }) => parent === base).map(({ id }) => id);
  return (
    <>
      <fieldset>
        <legend className="vh">Which tickets to cancel</legend>
        {inFamilies(order.positions).map((position) => (
          <Choice
            key={position.id}
            zone={order.timezone}
            position={position}
            isChosen={going.includes(position.id)}
            isBound={position.bundled === true || going.includes(position.parent_id ?? '')}
            onPick={(isChosen) => {
              const family = [position.id, ...partsOf(position.id)];
              const others = chosen.filter((id) => !family.includes(id));
              onChoose(isChosen ? [...others, position.id] : others);
            }}
          />
        ))}
      </fieldset>
      {going.length < ids.length && ids.length > 1 && (
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
function Outcome({ read, zone, noun }: { read: Read; zone: string; noun: string }) {
  if (read.isError) return <ErrorPanel error={read.error} />;
  if (read.data === undefined) return <Skeleton height={96} />;
  return <Sums preview={read.data} zone={zone} noun={noun} />;
}

/** An answer to exactly what is asked now. */
function freshOf(read: Read): CancellationPreview | undefined {
  return read.isError || read.isPlaceholderData ? undefined : read.data;
}

function buttonText({ lines, refund }: CancellationPreview, noun: string): string {
  const text = `Cancel ${countText(lines.length, noun)}`;
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
  const ids = withExtras(order, chosen);
  const wanted = { ...terms, position_ids: ids };
  const isAsked = ids.length > 0;
  const read = usePreview(order, wanted, isAsked);
  const cancelling = useCancel(order, { onDone, onChanged: () => void read.refetch() });
  const shown = isAsked ? freshOf(read) : undefined;
  return (
    <div className={styles.form}>
      <Tickets order={order} chosen={chosen} going={ids} onChoose={setChosen} />
      {children}
      <div aria-live="polite">
        {isAsked && <Outcome read={read} zone={order.timezone} noun={nounFor(order)} />}
      </div>
      {cancelling.error !== null && <ErrorPanel error={cancelling.error} />}
      <div className={styles.buttons}>
        {shown !== undefined && (
          <Button
            busy={cancelling.isPending ? 'Cancelling…' : null}
            onClick={() => {
              cancelling.mutate({ wanted, because, shown });
            }}
          >
            {buttonText(shown, nounFor(order))}
          </Button>
        )}
        <Button look="line" onClick={onClose}>
          Keep everything
        </Button>
      </div>
    </div>
  );
}
