import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  ChangePreviewView,
  OrderView,
  OwnLookBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { ChangeDiff } from '~/shared/orders/change/ChangeDiff';
import { orderQuery } from '~/shared/orders/queries';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { lookOf, NOTHING } from './changeDraft';
import { ChooseOne } from './ChooseOne';
import styles from './Changes.module.css';
import { changesQuery, choicesQuery } from './queries';
import { useOwnChange, useOwnPreview } from './useOwnChange';

function buttonText({ more, refund }: ChangePreviewView): string {
  if (more.amount > 0) return `Go on to pay ${moneyText(more)}`;
  return refund.amount > 0 ? `Change, ${moneyText(refund)} back` : 'Change';
}

interface OutcomeProps {
  read: ReturnType<typeof useOwnPreview>;
  zone: string;
}

function Outcome({ read, zone }: OutcomeProps) {
  return (
    <div aria-live="polite">
      {read.isError && <ErrorPanel error={read.error} />}
      {read.isPending && <Skeleton height={96} />}
      {!read.isError && read.data !== undefined && (
        <ChangeDiff
          change={read.data}
          zone={zone}
          backLabel="You get back"
          moreLabel="You pay now"
        />
      )}
    </div>
  );
}

/** What all of it comes to, and the button that does just that. */
function Ending({
  order,
  look,
  onDone,
}: {
  order: OrderView;
  look: OwnLookBody;
  onDone: () => void;
}) {
  const preview = useOwnPreview(order, look);
  const queryClient = useQueryClient();
  const tell = useTell();
  const changing = useOwnChange(order, {
    onDone: ({ awaiting, order: changed }) => {
      if (awaiting == null) tell('good', 'Changed.');
      queryClient.setQueryData(orderQuery(order.token).queryKey, changed);
      void queryClient.invalidateQueries(changesQuery(order));
      onDone();
    },
    onDiffers: () => void preview.refetch(),
  });
  const shown = preview.isPlaceholderData || preview.isError ? undefined : preview.data;
  return (
    <>
      <Outcome read={preview} zone={order.timezone} />
      {changing.isError && <ErrorPanel error={changing.error} />}
      {shown !== undefined && (
        <div>
          <Button
            busy={changing.isPending ? 'Changing…' : null}
            onClick={() => {
              changing.mutate({ look, shown });
            }}
          >
            {buttonText(shown)}
          </Button>
        </div>
      )}
    </>
  );
}

function Form({ order, onClose }: { order: OrderView; onClose: () => void }) {
  const read = useQuery(choicesQuery(order));
  const [draft, setDraft] = useState(NOTHING);
  const look = lookOf(draft);
  return (
    <div className={styles.form}>
      {read.isPending && (
        <Loading label="Loading what you can choose">
          <Skeleton height={120} />
        </Loading>
      )}
      {read.isError && <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />}
      {read.data?.length === 0 && <p>There is nothing to choose for these tickets now.</p>}
      {read.data?.map((choices) => (
        <ChooseOne
          key={choices.position_id}
          order={order}
          choices={choices}
          draft={draft}
          onChange={setDraft}
        />
      ))}
      {look !== null && <Ending order={order} look={look} onDone={onClose} />}
      <div>
        <Button look="line" onClick={onClose}>
          Leave everything as it is
        </Button>
      </div>
    </div>
  );
}

/** Other variations and add-ons for what was bought, as far as the organizer lets buyers. */
export function ChooseAnew({ order }: { order: OrderView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.part}>
      <h3>Choose something else</h3>
      {isOpen ? (
        <Form
          order={order}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : (
        <>
          <p className="muted">
            Another variation, or more or fewer add-ons. You see what it comes to before anything
            happens.
          </p>
          <div>
            <Button
              look="line"
              onClick={() => {
                setOpen(true);
              }}
            >
              Change what you chose
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
