import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createBlock } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, SeatingView } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { useArea } from '~/shared/organizer/area';
import { eventsKey } from '~/shared/organizer/queries';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { instantOf } from '~/shared/organizer/wallClock';
import { seatId, type Seat } from '~/shared/seats/hall';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Seats.module.css';

interface Draft {
  reason: string;
  until: string;
}

interface BlockFormProps {
  event: ManagedEvent;
  seating: SeatingView;
  seats: readonly Seat[];
  onDone: () => void;
}

const IDS = { reason: 'block-reason', until: 'block-until' };

/** Keeps the chosen seats from the sale. */
export function BlockForm({ event, seating, seats, onDone }: BlockFormProps) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const key = useOnceKey();
  const form = useAppForm<Draft>(IDS, { reason: '', until: '' });
  const block = useMutation({
    mutationFn: ({ reason, until }: Draft) =>
      createBlock(
        slug,
        event.id,
        {
          reason,
          seats: seats.map(({ ordinal }) => seatId(seating.seat_prefix, ordinal)),
          occurrence_id: seating.occurrence_id,
          expires_at: instantOf(until, event.timezone),
        },
        key.headers(),
      ),
    onSettled: (_, failed) => {
      key.settle(failed ?? undefined);
      return queryClient.invalidateQueries({ queryKey: eventsKey(slug) });
    },
    onSuccess: () => {
      form.reset();
      onDone();
    },
  });
  return (
    <form
      className={styles.card}
      noValidate
      aria-labelledby="block-title"
      onSubmit={form.send((draft) => {
        if (!block.isPending) block.mutate(draft);
      })}
    >
      <h2 id="block-title">Block seats</h2>
      <p className="muted">
        {seats.length === 0
          ? 'Choose seats on the map or in the list.'
          : `${countText(seats.length, 'seat')} chosen.`}
      </p>
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      <Field
        {...form.register('reason', {
          validate: (reason) => reason.trim() !== '' || 'Say why: house, press, view.',
        })}
        id={IDS.reason}
        label="Reason"
        autoComplete="off"
        maxLength={200}
        error={form.formState.errors.reason?.message}
      />
      <Field
        {...form.register('until')}
        id={IDS.until}
        label="Free again at"
        hint={`Clock time in ${event.timezone}; empty means until you release it.`}
        type="datetime-local"
        optional
      />
      {block.error !== null && <Trouble error={block.error} />}
      <Button
        type="submit"
        disabled={seats.length === 0}
        busy={block.isPending ? 'Blocking…' : null}
      >
        Block
      </Button>
    </form>
  );
}
