import { useWatch } from 'react-hook-form';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { priceText } from '~/shared/format/money';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { Ticks } from '~/shared/ui/forms/Ticks';
import { EMAIL_RULES, NAME_RULES, WhoFields } from '~/shared/ui/forms/WhoFields';
import { IDS, mostOf, type Form } from './draft';

/** Which types will do; all of them to begin with. */
function Types({ form, event }: { form: Form; event: EventPage }) {
  return (
    <Ticks
      legend="Any of these will do"
      field={form.register('types', {
        validate: (types) => types.length > 0 || 'Choose at least one kind of ticket.',
      })}
      id={IDS.types}
      options={event.offers.map((offer) => ({
        value: offer.ticket_type_id,
        label: offer.name,
        note: priceText(offer.price),
      }))}
      error={form.formState.errors.types?.message}
    />
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
    <WhoFields
      name={{ field: form.register('name', NAME_RULES), id: IDS.name, error: errors.name?.message }}
      email={{
        field: form.register('email', EMAIL_RULES),
        id: IDS.email,
        error: errors.email?.message,
      }}
      hint="We write to it when it is your turn."
    />
  );
}
