import { END, START } from '~/shared/organizer/startEnd';
import { createDate } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { Button } from '~/shared/ui/Button';
import { Opener } from '~/shared/ui/Opener';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import shared from '~/shared/organizer/Settings.module.css';
import styles from './Dates.module.css';
import { useDates } from './queries';

const IDS = { startsAt: 'add-start', endsAt: 'add-end' };

function AddForm({ event, onDone }: { event: ManagedEvent; onDone: () => void }) {
  const { slug } = useArea();
  const change = useDates(event.id);
  const key = useOnceKey();
  const form = useAppForm(IDS, { startsAt: '', endsAt: '' });
  const { errors } = form.formState;
  const submit = form.send(({ startsAt, endsAt }) => {
    const body = { starts_at: startsAt, ends_at: endsAt };
    change.mutate(() => createDate(slug, event.id, body, key.headers()), {
      onSettled: (_, error) => {
        key.settle(error ?? undefined);
      },
      onSuccess: onDone,
    });
  });
  return (
    <form className={shared.form} noValidate onSubmit={submit}>
      <div className={styles.pair}>
        <Field
          {...form.register('startsAt', START)}
          id={IDS.startsAt}
          label="Starts"
          type="datetime-local"
          error={errors.startsAt?.message}
        />
        <Field
          {...form.register('endsAt', END)}
          id={IDS.endsAt}
          label="Ends"
          type="datetime-local"
          error={errors.endsAt?.message}
        />
      </div>
      <p className="muted">It gets the same tickets and capacities as the first date.</p>
      {change.error !== null && <Trouble error={change.error} />}
      <div className={shared.buttons}>
        <Button type="submit" busy={change.isPending ? 'Adding…' : null}>
          Add this date
        </Button>
        <Button look="text" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** One more date. */
export function AddDate({ event }: { event: ManagedEvent }) {
  return (
    <Opener
      label={
        <>
          <Icon name="plus" /> Add a date
        </>
      }
    >
      {(close) => <AddForm event={event} onDone={close} />}
    </Opener>
  );
}
