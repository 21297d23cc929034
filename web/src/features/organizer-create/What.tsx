import type { UseFormReturn } from 'react-hook-form';
import { zoneText } from '~/shared/format/dates';
import { zonesByRegion } from '~/shared/organizer/wallClock';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from './CreateEvent.module.css';
import { IDS, suggestedEnd, type Draft } from './draft';
import { rules } from './rules';

function Zone({ form }: { form: UseFormReturn<Draft> }) {
  const guess = form.getValues('timezone');
  return (
    <SelectField
      {...form.register('timezone')}
      id={IDS.timezone}
      label="Time zone"
      error={form.formState.errors.timezone?.message}
    >
      {zonesByRegion(guess).map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.includes('/') ? `${zoneText(zone)} (${zone})` : zone}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}

/** Title and time. */
export function What({ form }: { form: UseFormReturn<Draft> }) {
  const { errors } = form.formState;
  const starts = form.register('startsAt', {
    ...rules.startsAt,
    onBlur: () => {
      const { startsAt, endsAt } = form.getValues();
      form.setValue('endsAt', suggestedEnd(startsAt, endsAt), {
        shouldValidate: errors.endsAt !== undefined,
      });
    },
  });
  return (
    <fieldset className={styles.group}>
      <legend>What and when</legend>
      <Field
        {...form.register('title', rules.title)}
        id={IDS.title}
        label="Title"
        autoComplete="off"
        maxLength={200}
        error={errors.title?.message}
      />
      <div className={styles.halves}>
        <Field
          {...starts}
          id={IDS.startsAt}
          label="Starts"
          type="datetime-local"
          error={errors.startsAt?.message}
        />
        <Field
          {...form.register('endsAt', rules.endsAt)}
          id={IDS.endsAt}
          label="Ends"
          type="datetime-local"
          error={errors.endsAt?.message}
        />
      </div>
      <Zone form={form} />
    </fieldset>
  );
}
