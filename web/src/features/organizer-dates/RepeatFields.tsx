import { END } from '~/shared/organizer/startEnd';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import type { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Dates.module.css';
import { DAY_NAMES, DAYS, dayOf, type Day, type RuleDraft } from './rule';

export interface SeriesDraft extends RuleDraft {
  startsAt: string;
  endsAt: string;
  /** Days without a date, "2027-12-24", apart by commas or spaces. */
  excepted: string;
}

export const IDS = {
  startsAt: 'repeat-start',
  endsAt: 'repeat-end',
  frequency: 'repeat-frequency',
  interval: 'repeat-interval',
  days: 'repeat-days',
  monthly: 'repeat-monthly',
  ends: 'repeat-ends',
  count: 'repeat-count',
  until: 'repeat-until',
  excepted: 'repeat-excepted',
};

function isWithin(text: string, most: number): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}

type Form = ReturnType<typeof useAppForm<SeriesDraft>>;

export function Times({ form }: { form: Form }) {
  const { errors } = form.formState;
  return (
    <div className={styles.pair}>
      <Field
        {...form.register('startsAt', { required: 'Say when the first date starts.' })}
        id={IDS.startsAt}
        label="First date starts"
        type="datetime-local"
        error={errors.startsAt?.message}
      />
      <Field
        {...form.register('endsAt', END)}
        id={IDS.endsAt}
        label="First date ends"
        type="datetime-local"
        error={errors.endsAt?.message}
      />
    </div>
  );
}

export function Often({ form }: { form: Form }) {
  return (
    <div className={styles.pair}>
      <SelectField {...form.register('frequency')} id={IDS.frequency} label="How often">
        <option value="DAILY">Daily</option>
        <option value="WEEKLY">Weekly</option>
        <option value="MONTHLY">Monthly</option>
      </SelectField>
      <Field
        {...form.register('interval', {
          validate: (text) => isWithin(text, 99) || 'Give a number from 1 to 99.',
        })}
        id={IDS.interval}
        label="Every so many days, weeks or months"
        inputMode="numeric"
        error={form.formState.errors.interval?.message}
      />
    </div>
  );
}

export function On({ form }: { form: Form }) {
  const [frequency, startsAt, days] = form.watch(['frequency', 'startsAt', 'days']);
  const own: Day | null = startsAt === '' ? null : dayOf(startsAt);
  if (frequency === 'MONTHLY') {
    return (
      <SelectField {...form.register('monthly')} id={IDS.monthly} label="On">
        <option value="day">the same day of the month</option>
        <option value="weekday">the same weekday of the month</option>
      </SelectField>
    );
  }
  if (frequency !== 'WEEKLY') return null;
  return (
    <fieldset className={styles.days}>
      <legend>On</legend>
      {DAYS.map((day) => (
        <label key={day} className={styles.check}>
          <input
            type="checkbox"
            checked={day === own || days.includes(day)}
            disabled={day === own}
            onChange={(tick) => {
              const others = days.filter((one) => one !== day);
              form.setValue('days', tick.target.checked ? [...others, day] : others);
            }}
          />
          {DAY_NAMES[day]}
        </label>
      ))}
    </fieldset>
  );
}

export function Ends({ form }: { form: Form }) {
  const ends = form.watch('ends');
  const { errors } = form.formState;
  return (
    <div className={styles.pair}>
      <SelectField {...form.register('ends')} id={IDS.ends} label="Ends">
        <option value="never">never</option>
        <option value="count">after so many dates</option>
        <option value="until">on a day</option>
      </SelectField>
      {ends === 'count' && (
        <Field
          {...form.register('count', {
            validate: (text) => isWithin(text, 1000) || 'Give a number from 1 to 1000.',
          })}
          id={IDS.count}
          label="Number of dates"
          inputMode="numeric"
          error={errors.count?.message}
        />
      )}
      {ends === 'until' && (
        <Field
          {...form.register('until', { required: 'Say which day is the last.' })}
          id={IDS.until}
          label="Last day"
          type="date"
          error={errors.until?.message}
        />
      )}
    </div>
  );
}
