import type { UseFormReturn } from 'react-hook-form';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { symbolOf, wholeNumber } from '~/shared/organizer/prices';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import type { Draft } from './draft';
import { IDS } from './ids';
import styles from '~/shared/organizer/Settings.module.css';

export type Form = UseFormReturn<Draft>;

interface LimitsProps {
  form: Form;
  event: ManagedEvent;
  /** It is for certain seats, which say what it is for. */
  hasSeats: boolean;
  checkBudget: (text: string) => string | boolean;
}

function Stock({ form, event, hasSeats }: Omit<LimitsProps, 'checkBudget'>) {
  return (
    <>
      <SelectField
        {...form.register('type', {
          validate: (type, { onStock }) =>
            onStock !== 'reserve' ||
            type !== '' ||
            hasSeats ||
            'Say which ticket type is set aside.',
        })}
        id={IDS.type}
        label="For"
        error={form.formState.errors.type?.message}
      >
        <option value="">all ticket types</option>
        {event.ticket_types.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField {...form.register('onStock')} id={IDS.onStock} label="Tickets">
        <option value="normal">as many as are left</option>
        <option value="reserve">are set aside for it</option>
        <option value="bypass">even when they are sold out</option>
      </SelectField>
    </>
  );
}

/** Limits and stock: all with good defaults. */
export function Limits({ form, event, hasSeats, checkBudget }: LimitsProps) {
  const { errors } = form.formState;
  return (
    <div className={styles.halves}>
      <Stock form={form} event={event} hasSeats={hasSeats} />
      <Field
        {...form.register('perOrder', {
          validate: (text) =>
            text.trim() === '' || wholeNumber(text, 1) !== null || 'Give a whole number.',
        })}
        id={IDS.perOrder}
        label="Tickets per order"
        optional
        inputMode="numeric"
        error={errors.perOrder?.message}
      />
      <Field
        {...form.register('budget', { validate: checkBudget })}
        id={IDS.budget}
        label={`Budget in ${symbolOf(event.currency)}`}
        optional
        error={errors.budget?.message}
      />
      <Field
        {...form.register('from')}
        id={IDS.from}
        label="Valid from"
        optional
        type="datetime-local"
        error={errors.from?.message}
      />
      <Field
        {...form.register('until', {
          validate: (until, { from }) => until === '' || until > from || 'It ends after it begins.',
        })}
        id={IDS.until}
        label="Valid until"
        optional
        type="datetime-local"
        error={errors.until?.message}
      />
      <Field
        {...form.register('note')}
        id={IDS.note}
        label="Note for your team"
        optional
        maxLength={200}
        error={errors.note?.message}
      />
    </div>
  );
}
