import { useForm } from 'react-hook-form';
import type { FeeStep } from '~/shared/api/generated/boxoffice.schemas';
import { shareOf } from '~/shared/format/percent';
import { minorUnits, symbolOf, wholeNumber } from '~/shared/organizer/prices';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Policy.module.css';

interface StepFormProps {
  currency: string;
  taken: readonly number[];
  onAdd: (step: FeeStep) => void;
}

const EMPTY = { days: '', percent: '', fixed: '' };

/** One more step: until when, and what is kept of each ticket. */
export function StepForm({ currency, taken, onAdd }: StepFormProps) {
  const { register, handleSubmit, reset, formState } = useForm({ defaultValues: EMPTY });
  const add = handleSubmit(({ days, percent, fixed }) => {
    onAdd({
      hours_before: (wholeNumber(days, 0) ?? 0) * 24,
      percent: shareOf(percent) ?? 0,
      fixed: minorUnits(fixed, currency) ?? 0,
    });
    reset(EMPTY);
  });
  const { errors } = formState;
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void add(event)}>
      <Field
        {...register('days', {
          validate: (text) => {
            const days = wholeNumber(text, 0);
            if (days === null || days > 700) return 'Give a number of days, 0 for its begin.';
            return !taken.includes(days * 24) || 'There is a step for that time already.';
          },
        })}
        label="Days before it begins"
        inputMode="numeric"
        error={errors.days?.message}
      />
      <Field
        {...register('percent', {
          validate: (text) =>
            text.trim() === '' || shareOf(text) !== null || 'Give a percentage such as 10.',
        })}
        label="Keep, percent"
        optional
        error={errors.percent?.message}
      />
      <Field
        {...register('fixed', {
          validate: (text) =>
            text.trim() === '' ||
            minorUnits(text, currency) !== null ||
            'Give an amount such as 2.',
        })}
        label={`Keep, ${symbolOf(currency)}`}
        optional
        error={errors.fixed?.message}
      />
      <div className={styles.wide}>
        <Button type="submit" look="line">
          Add this step
        </Button>
      </div>
    </form>
  );
}
