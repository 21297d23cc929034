import type { UseFormReturn } from 'react-hook-form';
import { Field } from '~/shared/ui/forms/Field';
import { Segments } from '~/shared/ui/forms/Segments';
import styles from './CreateEvent.module.css';
import { IDS, type Draft } from './draft';
import { rules } from './rules';

const FORMATS = [
  { value: 'in_person', label: 'At a place' },
  { value: 'online', label: 'Online' },
] as const;

function Place({ form }: { form: UseFormReturn<Draft> }) {
  const { errors } = form.formState;
  return (
    <div className={styles.halves}>
      <Field
        {...form.register('venue', rules.venue)}
        id={IDS.venue}
        label="Venue"
        autoComplete="off"
        maxLength={200}
        error={errors.venue?.message}
      />
      <Field
        {...form.register('city', rules.city)}
        id={IDS.city}
        label="City"
        autoComplete="address-level2"
        maxLength={200}
        error={errors.city?.message}
      />
    </div>
  );
}

/** A venue and its city, or the link that ticket holders join by. */
export function Where({ form, format }: { form: UseFormReturn<Draft>; format: Draft['format'] }) {
  return (
    <fieldset className={styles.group}>
      <legend>Where</legend>
      <Segments
        legend="Takes place"
        name="format"
        value={format}
        options={FORMATS}
        onPick={(picked) => {
          form.setValue('format', picked);
        }}
      />
      {format === 'online' ? (
        <Field
          {...form.register('onlineUrl', rules.onlineUrl)}
          id={IDS.onlineUrl}
          label="Link to join"
          optional
          type="url"
          inputMode="url"
          hint="Only ticket holders see it. You may give it later."
          placeholder="https://"
          error={form.formState.errors.onlineUrl?.message}
        />
      ) : (
        <Place form={form} />
      )}
    </fieldset>
  );
}
