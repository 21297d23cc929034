import type { UseFormReturn } from 'react-hook-form';
import { wholeNumber } from '~/shared/organizer/prices';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Tickets.module.css';
import type { TypeDraft } from './ticketType';

interface TypeTermsProps {
  form: UseFormReturn<TypeDraft>;
  ids: Record<keyof TypeDraft, string>;
}

/** How many per order, when on sale, and a line of explanation: all with good defaults. */
export function TypeTerms({ form, ids }: TypeTermsProps) {
  const { errors } = form.formState;
  const isWrong = ['least', 'most', 'salesEnd'].some((name) => name in errors);
  return (
    <details className={styles.more} open={isWrong || undefined}>
      <summary>More: description, limits, sale window</summary>
      <div className={styles.terms}>
        <Field
          {...form.register('description')}
          id={ids.description}
          label="Description"
          optional
          maxLength={1000}
          error={errors.description?.message}
        />
        <div className={styles.halves}>
          <Field
            {...form.register('least', {
              validate: (text) => wholeNumber(text, 1) !== null || 'At least 1.',
            })}
            id={ids.least}
            label="At least per order"
            inputMode="numeric"
            error={errors.least?.message}
          />
          <Field
            {...form.register('most', {
              validate: (text, { least }) =>
                (wholeNumber(text, 1) ?? 0) >= (wholeNumber(least, 1) ?? 1) ||
                'Not less than the least.',
            })}
            id={ids.most}
            label="At most per order"
            inputMode="numeric"
            error={errors.most?.message}
          />
          <Field
            {...form.register('salesStart')}
            id={ids.salesStart}
            label="On sale from"
            optional
            type="datetime-local"
            error={errors.salesStart?.message}
          />
          <Field
            {...form.register('salesEnd', {
              validate: (end, { salesStart }) =>
                end === '' || end > salesStart || 'The sale ends after it starts.',
            })}
            id={ids.salesEnd}
            label="On sale until"
            optional
            type="datetime-local"
            error={errors.salesEnd?.message}
          />
        </div>
      </div>
    </details>
  );
}
