import { useWatch } from 'react-hook-form';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { priceText } from '~/shared/format/money';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { Ticks } from '~/shared/ui/forms/Ticks';
import { EMAIL_RULES, NAME_RULES, WhoFields } from '~/shared/ui/forms/WhoFields';
import { IDS, mostOf, type Form } from './draft';
import { needsOf } from './needs';

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

/** What of the things that must come along will do; all of them to begin with. */
function Needs({ form, event, types }: { form: Form; event: EventPage; types: string[] }) {
  const chosen = event.offers.filter(({ ticket_type_id: id }) => types.includes(id));
  const groups = needsOf(chosen).filter(({ add_ons: addOns }) => addOns.length > 1);
  return groups.map((group, index) => (
    <Ticks
      key={group.id}
      legend={`${group.name} with each ticket: any of these will do`}
      field={form.register('addOns')}
      id={`${IDS.addOns}-${String(index)}`}
      options={group.add_ons.map((one) => ({
        value: one.ticket_type_id,
        label: one.name,
        note: priceText(one.price),
      }))}
    />
  ));
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
      <Needs form={form} event={event} types={types} />
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
