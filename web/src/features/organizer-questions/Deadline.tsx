import { setAnswersDeadline } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from '~/shared/organizer/Settings.module.css';
import { useChanging } from './useChanging';

const CHOICES: readonly (readonly [number, string])[] = [
  [0, 'the event starts'],
  [60, 'an hour before'],
  [1440, 'a day before'],
  [4320, 'three days before'],
  [10_080, 'a week before'],
  [43_200, 'thirty days before'],
];

/** Until when buyers may correct their answers, and all answers as a file. */
export function Deadline({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const changing = useChanging(event.id);
  const now = event.answers_close_minutes ?? 0;
  const isOther = CHOICES.every(([minutes]) => minutes !== now);
  return (
    <section className={styles.section} aria-label="Answers">
      {changing.isError && <Trouble error={changing.error} />}
      <SelectField
        label="Buyers may correct their answers until"
        value={now}
        onChange={(change) => {
          const deadline = { minutes_before_start: Number(change.target.value) };
          changing.mutate(() => setAnswersDeadline(slug, event.id, deadline));
        }}
      >
        {isOther && <option value={now}>{`${String(now)} minutes before`}</option>}
        {CHOICES.map(([minutes, label]) => (
          <option key={minutes} value={minutes}>
            {label}
          </option>
        ))}
      </SelectField>
    </section>
  );
}
