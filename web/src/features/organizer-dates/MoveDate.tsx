import { END, START } from '~/shared/organizer/startEnd';
import { useState } from 'react';
import { changeDate } from '~/shared/api/generated/boxoffice';
import type {
  ChangeDateBodyScope,
  ManagedEvent,
  OccurrenceView,
} from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { wallClock } from '~/shared/organizer/wallClock';
import { Button } from '~/shared/ui/Button';
import { Choices } from '~/shared/ui/forms/Choices';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import shared from '~/shared/organizer/Settings.module.css';
import styles from './Dates.module.css';
import { useDates } from './queries';

const SCOPES = [
  { value: 'this', label: 'This date only' },
  { value: 'future', label: 'This date and those after it' },
  { value: 'all', label: 'All dates that are to come' },
] as const;

interface MoveDateProps {
  event: ManagedEvent;
  date: OccurrenceView;
  onDone: () => void;
}

/** Another time for one date; of a series also for those after it, or for all. */
export function MoveDate({ event, date, onDone }: MoveDateProps) {
  const { slug } = useArea();
  const change = useDates(event.id);
  const [scope, setScope] = useState<ChangeDateBodyScope>('this');
  const [isSoldKept, setSoldKept] = useState(false);
  const ids = { startsAt: `start-${date.id}`, endsAt: `end-${date.id}` };
  const form = useAppForm(ids, {
    startsAt: wallClock(date.starts_at, event.timezone),
    endsAt: wallClock(date.ends_at, event.timezone),
  });
  const submit = form.send(({ startsAt, endsAt }) => {
    const body = { starts_at: startsAt, ends_at: endsAt, scope, keep_sold: isSoldKept };
    change.mutate(() => changeDate(slug, event.id, date.id, body), { onSuccess: onDone });
  });
  const { errors } = form.formState;
  return (
    <form className={shared.form} noValidate onSubmit={submit}>
      <div className={styles.pair}>
        <Field
          {...form.register('startsAt', START)}
          id={ids.startsAt}
          label="Starts"
          type="datetime-local"
          error={errors.startsAt?.message}
        />
        <Field
          {...form.register('endsAt', END)}
          id={ids.endsAt}
          label="Ends"
          type="datetime-local"
          error={errors.endsAt?.message}
        />
      </div>
      {date.series_id != null && (
        <Choices
          legend="Which dates"
          name={`scope-${date.id}`}
          value={scope}
          options={SCOPES}
          onPick={(picked) => {
            setScope(picked as ChangeDateBodyScope);
          }}
        />
      )}
      {scope !== 'this' && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={isSoldKept}
            onChange={(tick) => {
              setSoldKept(tick.target.checked);
            }}
          />
          Leave dates with orders as they are
        </label>
      )}
      {change.error !== null && <Trouble error={change.error} />}
      <div className={shared.buttons}>
        <Button type="submit" busy={change.isPending ? 'Saving…' : null}>
          Save time
        </Button>
        <Button look="text" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
