import { changeEvent } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { placePointers } from '~/shared/organizer/pointers';
import { Trouble } from '~/shared/organizer/Trouble';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { About } from './About';
import { changesOf, detailsOf, IDS, POINTERS, type Details } from './details';
import styles from './EventDesk.module.css';
import { useChange } from './useChange';
import { When } from './When';
import { Where } from './Where';

/** Words, time and place of the event. */
export function DetailsForm({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const tell = useTell();
  const change = useChange(event.id);
  const form = useAppForm<Details>(IDS, detailsOf(event));
  const { isDirty } = form.formState;
  const submit = form.send((details) => {
    const changes = changesOf(detailsOf(event), details);
    const send = () =>
      changeEvent(slug, event.id, changes).catch((error: unknown) => {
        placePointers(error, POINTERS, form.setError);
        throw error;
      });
    change.run(send, (saved) => {
      form.reset(detailsOf(saved));
      tell('good', 'Saved.');
    });
  });
  return (
    <form className={styles.details} noValidate aria-label="Event details" onSubmit={submit}>
      <About form={form} />
      <When form={form} event={event} />
      <Where form={form} />
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {change.error !== null && <Trouble error={change.error} />}
      <div className={styles.save}>
        <Button type="submit" busy={change.isPending ? 'Saving…' : null} disabled={!isDirty}>
          Save details
        </Button>
        {isDirty && (
          <Button
            look="text"
            onClick={() => {
              form.reset(detailsOf(event));
              change.reset();
            }}
          >
            Discard changes
          </Button>
        )}
        <p className="muted" role="status">
          {isDirty && 'Not saved yet.'}
        </p>
      </div>
    </form>
  );
}
