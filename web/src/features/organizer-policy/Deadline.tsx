import { useForm } from 'react-hook-form';
import { wholeNumber } from '~/shared/organizer/prices';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Policy.module.css';

interface DeadlineProps {
  hours: number;
  /** For what it is, to those who hear the page. */
  what: string;
  onSet: (hours: number) => void;
}

/** Until how many hours before the event begins. */
export function Deadline({ hours, what, onSet }: DeadlineProps) {
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { hours: String(hours) },
  });
  const save = handleSubmit((values) => {
    onSet(wholeNumber(values.hours, 0) ?? 0);
  });
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
      <Field
        {...register('hours', {
          validate: (text) => {
            const typed = wholeNumber(text, 0);
            return (typed !== null && typed <= 17_520) || 'Give a number of hours, or 0.';
          },
        })}
        label="Hours before it begins"
        inputMode="numeric"
        error={formState.errors.hours?.message}
      />
      <div>
        <Button type="submit" look="line">
          Set this deadline<span className="vh"> for {what}</span>
        </Button>
      </div>
    </form>
  );
}
