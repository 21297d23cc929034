import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  ChangePreviewView,
  ManagedEvent,
  OrderView,
  TicketWishBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ChangeFields, TicketField } from './ChangeFields';
import { ChangeOutcome } from './ChangeOutcome';
import { UNCHANGED, wishOf, type ChangeDraft } from './changeWish';
import styles from './Orders.module.css';
import { saleQuery } from './queries';
import { useChangePreview, useChangeTicket } from './useChangeTicket';

interface FormProps {
  order: OrderView;
  event: ManagedEvent;
  onClose: () => void;
}

type Read = ReturnType<typeof useChangePreview>;

/** An answer to exactly what is asked now, if that can be done. */
function doable(read: Read): ChangePreviewView | undefined {
  if (read.isPlaceholderData || read.isError) return undefined;
  return read.data?.more.amount === 0 ? read.data : undefined;
}

interface EndingProps extends Pick<FormProps, 'order' | 'onClose'> {
  number: number;
  wish: TicketWishBody;
  because: string;
}

/** What the wish comes to, and the button that does just that. */
function Ending({ order, onClose, number, wish, because }: EndingProps) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const tell = useTell();
  const preview = useChangePreview(order, wish);
  const changing = useChangeTicket(order, {
    onDone: () => {
      tell('good', 'Changed. The buyer gets a mail.');
      void queryClient.invalidateQueries(saleQuery(slug, order.id));
      onClose();
    },
    onDiffers: () => void preview.refetch(),
  });
  const shown = doable(preview);
  return (
    <>
      <div aria-live="polite">
        <ChangeOutcome read={preview} zone={order.timezone} />
      </div>
      {changing.isError && <Trouble error={changing.error} />}
      {shown !== undefined && (
        <div>
          <Button
            busy={changing.isPending ? 'Changing…' : null}
            onClick={() => {
              changing.mutate({ wish, because, shown });
            }}
          >
            Change ticket {number}
          </Button>
        </div>
      )}
    </>
  );
}

/** One ticket, and what shall be different about it. */
export function ChangeForm({ order, event, onClose }: FormProps) {
  const [chosen, choose] = useState(order.positions[0]?.id ?? '');
  const [draft, setDraft] = useState<ChangeDraft>(UNCHANGED);
  const position = order.positions.find(({ id }) => id === chosen) ?? order.positions[0];
  if (position === undefined) return null;
  const wish = wishOf(draft, position, event.currency);
  return (
    <div className={styles.column}>
      <TicketField
        order={order}
        position={position}
        onPick={(id) => {
          choose(id);
          setDraft({ ...draft, kind: '', date: '', seat: '' });
        }}
      />
      <ChangeFields
        event={event}
        order={order}
        position={position}
        draft={draft}
        onChange={(parts) => {
          setDraft({ ...draft, ...parts });
        }}
      />
      {wish !== null && (
        <Ending
          order={order}
          onClose={onClose}
          number={position.number}
          wish={wish}
          because={draft.because}
        />
      )}
      <div>
        <Button look="line" onClick={onClose}>
          Keep everything
        </Button>
      </div>
    </div>
  );
}
