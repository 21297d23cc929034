import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { duplicateEvent } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { hoursLater, wallClock } from '~/shared/organizer/wallClock';
import { paths } from '~/shared/paths';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import shared from '~/shared/organizer/Settings.module.css';
import styles from './Dates.module.css';

const IDS = { title: 'copy-title', startsAt: 'copy-start' };
const WEEK_HOURS = 168;

/** The same event once more, from another day on. */
export function Duplicate({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const navigate = useNavigate();
  const key = useOnceKey();
  const first = event.occurrences[0]?.starts_at ?? event.created_at;
  const start = hoursLater(wallClock(first, event.timezone), WEEK_HOURS);
  const form = useAppForm(IDS, { title: event.title, startsAt: start });
  const copy = useMutation({
    mutationFn: (body: { title: string; starts_at: string }) =>
      duplicateEvent(slug, event.id, body, key.headers()),
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: (made) => navigate(paths.managedEvent(slug, made.id)),
  });
  const submit = form.send(({ title, startsAt }) => {
    if (!copy.isPending) copy.mutate({ title, starts_at: startsAt });
  });
  const { errors } = form.formState;
  return (
    <section className={styles.section} aria-labelledby="duplicate-title">
      <h2 id="duplicate-title">Duplicate</h2>
      <p className="muted">
        A draft with the same tickets, capacities and series. Dates, doors and sale windows move
        along; nothing that was sold is copied.
      </p>
      <form className={shared.form} noValidate onSubmit={submit}>
        <div className={styles.pair}>
          <Field
            {...form.register('title', { required: 'Give it a title.' })}
            id={IDS.title}
            label="Title"
            error={errors.title?.message}
          />
          <Field
            {...form.register('startsAt', { required: 'Say when the first date starts.' })}
            id={IDS.startsAt}
            label="First date"
            type="datetime-local"
            error={errors.startsAt?.message}
          />
        </div>
        {copy.error !== null && <Trouble error={copy.error} />}
        <div>
          <Button type="submit" look="line" busy={copy.isPending ? 'Duplicating…' : null}>
            Duplicate the event
          </Button>
        </div>
      </form>
    </section>
  );
}
