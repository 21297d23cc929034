import { useWatch, type UseFormReturn } from 'react-hook-form';
import { Field } from '~/shared/ui/forms/Field';
import { Segments } from '~/shared/ui/forms/Segments';
import { IDS, type Details } from './details';
import styles from './EventDesk.module.css';
import { Section } from './Section';
import { isAddress } from './webAddress';

const FORMATS = [
  { value: 'in_person', label: 'At a place' },
  { value: 'online', label: 'Online' },
  { value: 'hybrid', label: 'Both' },
];

const PLACE = [
  { name: 'venue', label: 'Venue' },
  { name: 'city', label: 'City' },
  { name: 'address', label: 'Address' },
  { name: 'country', label: 'Country' },
] as const;

function Place({ form }: { form: UseFormReturn<Details> }) {
  const { errors } = form.formState;
  return (
    <div className={styles.halves}>
      {PLACE.map(({ name, label }) => (
        <Field
          key={name}
          {...form.register(name, {
            validate: (text, { venue, city, address, country }) =>
              name !== 'venue' ||
              text.trim() !== '' ||
              [venue, city, address, country].every((part) => part.trim() === '') ||
              'Name the venue.',
          })}
          id={IDS[name]}
          label={label}
          optional={name === 'address' || name === 'country'}
          maxLength={200}
          error={errors[name]?.message}
        />
      ))}
    </div>
  );
}

export function Where({ form }: { form: UseFormReturn<Details> }) {
  const format = useWatch({ control: form.control, name: 'format' });
  return (
    <Section id="where" title="Where">
      <Segments
        legend="Takes place"
        name="format"
        value={format}
        options={FORMATS}
        onPick={(picked) => {
          form.setValue('format', picked, { shouldDirty: true });
        }}
      />
      {format !== 'online' && <Place form={form} />}
      {format !== 'in_person' && (
        <Field
          {...form.register('onlineUrl', { validate: isAddress })}
          id={IDS.onlineUrl}
          label="Link to join"
          optional
          type="url"
          inputMode="url"
          hint="Only ticket holders see it."
          placeholder="https://"
          error={form.formState.errors.onlineUrl?.message}
        />
      )}
    </Section>
  );
}
