import type { UseFormReturn } from 'react-hook-form';
import { symbolOf } from '~/shared/organizer/prices';
import { Field } from '~/shared/ui/forms/Field';
import styles from './CreateEvent.module.css';
import { IDS, type Draft } from './draft';
import { rules } from './rules';

/** The first ticket, in one row. */
export function TicketRow({ form, currency }: { form: UseFormReturn<Draft>; currency: string }) {
  const { errors } = form.formState;
  return (
    <fieldset className={styles.group}>
      <legend>First ticket</legend>
      <div className={styles.ticket}>
        <Field
          {...form.register('ticketName', rules.ticketName)}
          id={IDS.ticketName}
          label="Name"
          autoComplete="off"
          maxLength={200}
          error={errors.ticketName?.message}
        />
        <Field
          {...form.register('price', rules.price)}
          id={IDS.price}
          label={`Price in ${symbolOf(currency)}`}
          inputMode="text"
          autoComplete="off"
          placeholder="0 is free"
          error={errors.price?.message}
        />
        <Field
          {...form.register('quantity', rules.quantity)}
          id={IDS.quantity}
          label="How many"
          inputMode="numeric"
          autoComplete="off"
          error={errors.quantity?.message}
        />
      </div>
    </fieldset>
  );
}
