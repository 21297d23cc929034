import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changeQuota } from '~/shared/api/generated/boxoffice';
import type { QuotaView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { wholeNumber } from '~/shared/organizer/prices';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { sellingEventQuery } from './queries';
import styles from './Tickets.module.css';
import { useChange } from './useChange';
import { useReturnFocus } from './useReturnFocus';

interface CapacityProps {
  eventId: string;
  quota: QuotaView;
}

function CapacityForm({ eventId, quota, onDone }: CapacityProps & { onDone: () => void }) {
  const { slug } = useArea();
  const change = useChange(eventId);
  const dates = useQuery(sellingEventQuery(slug, eventId)).data?.occurrences.length ?? 1;
  const id = `capacity-${quota.id}`;
  const form = useAppForm<{ capacity: string }>(
    { capacity: id },
    { capacity: String(quota.capacity) },
  );
  const taken = quota.capacity - quota.free + quota.overbooked_by;
  const submit = form.send(({ capacity }) => {
    const units = wholeNumber(capacity, 0);
    if (units === null) return;
    const body = { capacity: units, all_dates: dates > 1 };
    change.run(() => changeQuota(slug, eventId, quota.id, body), onDone);
  });
  return (
    <form className={styles.inline} noValidate onSubmit={submit}>
      <Field
        {...form.register('capacity', {
          validate: (text) => wholeNumber(text, 0) !== null || 'Give a whole number.',
        })}
        id={id}
        label={`Capacity of ${quota.name}${dates > 1 ? ' on each date' : ''}`}
        hint={`${String(taken)} are taken. With less than that it counts as overbooked and sells nothing.`}
        inputMode="numeric"
        autoComplete="off"
        error={form.formState.errors.capacity?.message}
      />
      {change.error !== null && <Trouble error={change.error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={change.isPending ? 'Saving…' : null}>
          Save capacity
        </Button>
        <Button look="text" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** The way to more or fewer tickets. */
export function Capacity({ eventId, quota }: CapacityProps) {
  const [isOpen, setOpen] = useState(false);
  const place = useReturnFocus<HTMLDivElement>(isOpen);
  return (
    <div ref={place} className={isOpen ? styles.whole : undefined}>
      {isOpen ? (
        <CapacityForm
          eventId={eventId}
          quota={quota}
          onDone={() => {
            setOpen(false);
          }}
        />
      ) : (
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            setOpen(true);
          }}
        >
          Change capacity <span className="vh">of {quota.name}</span>
        </button>
      )}
    </div>
  );
}
