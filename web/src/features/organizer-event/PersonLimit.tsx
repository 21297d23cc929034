import { useState } from 'react';
import { changeEvent } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { wholeNumber } from '~/shared/organizer/prices';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Tickets.module.css';
import { useChange } from './useChange';
import { useReturnFocus } from './useReturnFocus';

function LimitForm({ event, onDone }: { event: ManagedEvent; onDone: () => void }) {
  const { slug } = useArea();
  const change = useChange(event.id);
  const most = event.max_per_person;
  const form = useAppForm<{ most: string }>(
    { most: 'person-limit' },
    { most: most ? String(most) : '' },
  );
  return (
    <form
      className={styles.inline}
      noValidate
      onSubmit={form.send((draft) => {
        const body = { max_per_person: wholeNumber(draft.most, 1) };
        change.run(() => changeEvent(slug, event.id, body), onDone);
      })}
    >
      <Field
        {...form.register('most', {
          validate: (text) => text.trim() === '' || wholeNumber(text, 1) !== null || 'At least 1.',
        })}
        id="person-limit"
        label="At most per person"
        hint="Of all ticket types together, over all their orders. Empty: as many as they like."
        optional
        inputMode="numeric"
        error={form.formState.errors.most?.message}
      />
      {change.error !== null && <Trouble error={change.error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={change.isPending ? 'Saving…' : null}>
          Save limit
        </Button>
        <Button look="text" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** How many tickets of the whole event one person may have. */
export function PersonLimit({ event }: { event: ManagedEvent }) {
  const mayWrite = useMay('events:write');
  const [isOpen, setOpen] = useState(false);
  const place = useReturnFocus<HTMLDivElement>(isOpen);
  const most = event.max_per_person;
  if (!mayWrite) return null;
  return (
    <div className={styles.part} ref={place}>
      <h3>Limit per person</h3>
      {isOpen ? (
        <LimitForm
          event={event}
          onDone={() => {
            setOpen(false);
          }}
        />
      ) : (
        <>
          <p className={styles.typeTerms}>
            {most
              ? `One person may have ${String(most)} tickets, counted by e-mail address over all orders.`
              : 'One person may have as many tickets as they like.'}
          </p>
          <button
            type="button"
            className={styles.quiet}
            onClick={() => {
              setOpen(true);
            }}
          >
            Change limit
          </button>
        </>
      )}
    </div>
  );
}
