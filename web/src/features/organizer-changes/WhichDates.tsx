import type { UseFormReturn } from 'react-hook-form';
import type { ManagedEvent, OccurrenceView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { SelectField } from '~/shared/ui/forms/SelectField';
import type { Decision } from './decision';

interface WhichDatesProps {
  event: ManagedEvent;
  dates: readonly OccurrenceView[];
  form: UseFormReturn<Decision>;
}

/** One date, or all that is to come. */
export function WhichDates({ event, dates, form }: WhichDatesProps) {
  const all = dates.length === 1 ? 'The event' : `The whole event: ${String(dates.length)} dates`;
  return (
    <SelectField {...form.register('date')} id="change-date" label="Which date">
      {dates.map((date) => (
        <option key={date.id} value={date.id}>
          {dateTimeText(date.starts_at, event.timezone)}
        </option>
      ))}
      <option value="">{all}</option>
    </SelectField>
  );
}
