import { useState, type ReactNode } from 'react';
import type {
  CancellationBody,
  CancellationPreview,
  CancelledView,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { keptText } from '~/shared/orders/kept';
import { nounFor } from '~/shared/orders/names';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Skeleton } from '~/shared/ui/Skeleton';
import styles from './Cancel.module.css';
import { ChooseTickets, withExtras } from './ChooseTickets';
import { Sums } from './Sums';
import { useCancel, usePreview } from './useCancelling';

type Read = ReturnType<typeof usePreview>;

/** What the chosen tickets come to, or why they cannot be cancelled. */
function Outcome({ read, zone, noun }: { read: Read; zone: string; noun: string }) {
  if (read.isError) return <ErrorPanel error={read.error} isWhole />;
  if (read.data === undefined) return <Skeleton height={96} />;
  return (
    <>
      <Sums preview={read.data} zone={zone} noun={noun} />
      {read.data.blocked?.map((block) => (
        <p key={block.occurrence_id}>Not sold again: {keptText(block, zone)}.</p>
      ))}
    </>
  );
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
  terms?: Pick<CancellationBody, 'terms' | 'discounts' | 'block'>;
  /** Goes instead once it is done; what it comes to must not depend on it. */
  final?: Pick<CancellationBody, 'block'>;
  /** Whether all is said that is needed. */
  isReady?: boolean;
  because?: string;
  /** Fields between the tickets and what it comes to. */
  children?: ReactNode;
  onDone: (done: CancelledView) => void;
  onClose: () => void;
}

/** Choose tickets, see what comes back, and cancel exactly on those terms. */
export function CancelForm(props: CancelFormProps) {
  const { order, terms, final, isReady = true, because = '', children, onDone, onClose } = props;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const ids = withExtras(order, chosen);
  const wanted = { ...terms, position_ids: ids };
  const isAsked = ids.length > 0;
  const read = usePreview(order, wanted, isAsked);
  const cancelling = useCancel(order, { onDone, onChanged: () => void read.refetch() });
  const shown = isAsked ? freshOf(read) : undefined;
  return (
    <div className={styles.form}>
      <ChooseTickets
        order={order}
        legend="Which tickets to cancel"
        chosen={chosen}
        going={ids}
        onChoose={setChosen}
      />
      {children}
      <div aria-live="polite">
        {isAsked && <Outcome read={read} zone={order.timezone} noun={nounFor(order)} />}
      </div>
      {cancelling.error !== null && <ErrorPanel error={cancelling.error} isWhole />}
      <div className={styles.buttons}>
        {shown !== undefined && (
          <Button
            disabled={!isReady}
            busy={cancelling.isPending ? 'Cancelling…' : null}
            onClick={() => {
              cancelling.mutate({ wanted: { ...wanted, ...final }, because, shown });
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
