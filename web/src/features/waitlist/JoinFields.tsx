import { useWatch } from 'react-hook-form';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { priceText } from '~/shared/format/money';
import { Field } from '~/shared/ui/forms/Field';
import { EMAIL } from '~/shared/ui/forms/mistakes';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { IDS, mostOf, type Form } from './draft';
import styles from './Waitlist.module.css';

/** Which types will do; all of them to begin with. */
function Types({ form, event }: { form: Form; event: EventPage }) {
  const mistake = form.formState.errors.types?.message;
  return (
    <fieldset className={styles.types}>
      <legend>Any of these will do</legend>
      {event.offers.map((offer, index) => (
        <label key={offer.ticket_type_id} className={styles.type}>
          <input
            type="checkbox"
            value={offer.ticket_type_id}
            {...(index === 0 && { id: IDS.types })}
            {...form.register('types', {
              validate: (types) => types.length > 0 || 'Choose at least one kind of ticket.',
            })}
          />
          <span>{offer.name}</span>
          <span className="num muted">{priceText(offer.price)}</span>
        </label>
      ))}
      {mistake !== undefined && <p className={styles.mistake}>{mistake}</p>}
    </fieldset>
  );
}

/** Which date, how many, of which types. */
export function What({ form, event }: { form: Form; event: EventPage }) {
  const types = useWatch({ control: form.control, name: 'types' });
  const most = mostOf(event, types);
  return (
    <>
      {event.occurrences.length > 1 && (
        <SelectField {...form.register('date')} id={IDS.date} label="Date">
          {event.occurrences.map((date) => (
            <option key={date.id} value={date.id}>
              {dateTimeText(date.starts_at, event.timezone)}
            </option>
          ))}
        </SelectField>
      )}
      <SelectField {...form.register('quantity')} id={IDS.quantity} label="How many tickets">
        {Array.from({ length: most }, (_, index) => (
          <option key={index} value={index + 1}>
            {index + 1}
          </option>
        ))}
      </SelectField>
      {event.offers.length > 1 && <Types form={form} event={event} />}
    </>
  );
}

/** Who waits. */
export function Who({ form }: { form: Form }) {
  const { errors } = form.formState;
  return (
    <>
      <Field
        {...form.register('name', {
          validate: (name) => name.trim() !== '' || 'Enter your full name.',
        })}
        id={IDS.name}
        label="Full name"
        autoComplete="name"
        maxLength={200}
        error={errors.name?.message}
      />
      <Field
        {...form.register('email', {
          required: 'Enter your e-mail address.',
          pattern: { value: EMAIL, message: 'Enter an e-mail address such as ana@example.org.' },
        })}
        id={IDS.email}
        label="E-mail"
        type="email"
        inputMode="email"
        autoComplete="email"
        hint="We write to it when it is your turn."
        error={errors.email?.message}
      />
    </>
  );
}
