import { postponeDates } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, OccurrenceView } from '~/shared/api/generated/boxoffice.schemas';
import { zoneText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import shared from '~/shared/organizer/Settings.module.css';
import styles from './ChangeDates.module.css';
import { postponeBody } from './decision';
import { useDeciding, useDecisionForm } from './useDecision';
import { WhichDates } from './WhichDates';

interface PostponeFormProps {
  event: ManagedEvent;
  dates: readonly OccurrenceView[];
}

/** Another time; everybody with a ticket is told and keeps it. */
export function PostponeForm({ event, dates }: PostponeFormProps) {
  const { slug } = useArea();
  const { form, ids } = useDecisionForm(event, dates);
  const deciding = useDeciding();
  const isWhole = form.watch('date') === '' && dates.length > 1;
  const submit = form.send((decision) => {
    if (deciding.isPending) return;
    deciding.mutate((options) => postponeDates(slug, event.id, postponeBody(decision), options));
  });
  const { errors } = form.formState;
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <WhichDates event={event} dates={dates} form={form} />
      <Field
        {...form.register('startsAt', { required: 'Say when it starts instead.' })}
        id={ids.startsAt}
        label={isWhole ? 'The first of them starts' : 'It starts instead'}
        hint={
          isWhole
            ? `${zoneText(event.timezone)}; the others move by as much.`
            : `${zoneText(event.timezone)}; it lasts as long as before.`
        }
        type="datetime-local"
        error={errors.startsAt?.message}
      />
      <Field
        {...form.register('message')}
        id={ids.message}
        label="What buyers are told"
        hint="In your words; the new time is in the mail anyway."
        optional
        rows={3}
        maxLength={2000}
      />
      <p className="muted">
        Everybody with a ticket gets a mail with it, the new time and a calendar entry that moves.
        Tickets stay valid.
      </p>
      {deciding.error !== null && <Trouble error={deciding.error} />}
      <div className={shared.buttons}>
        <Button type="submit" busy={deciding.isPending ? 'Postponing…' : null}>
          Postpone and tell everybody
        </Button>
      </div>
    </form>
  );
}
