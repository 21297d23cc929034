import type { UseFormReturn } from 'react-hook-form';
import { CATEGORIES, categoryText } from '~/shared/organizer/categories';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { IDS, type Details } from './details';
import styles from './EventDesk.module.css';
import { Section } from './Section';
import { isAddress } from './webAddress';

export function About({ form }: { form: UseFormReturn<Details> }) {
  const { errors } = form.formState;
  return (
    <Section id="about" title="About">
      <Field
        {...form.register('title', {
          validate: (text) => text.trim() !== '' || 'Give the event a title.',
        })}
        id={IDS.title}
        label="Title"
        maxLength={200}
        error={errors.title?.message}
      />
      <Field
        {...form.register('summary')}
        id={IDS.summary}
        label="In one sentence"
        optional
        hint="Stands in lists, search results and shared links."
        maxLength={300}
        error={errors.summary?.message}
      />
      <Field
        {...form.register('description')}
        id={IDS.description}
        label="What to expect"
        optional
        rows={5}
        maxLength={20_000}
        error={errors.description?.message}
      />
      <div className={styles.halves}>
        <SelectField
          {...form.register('category')}
          id={IDS.category}
          label="Category"
          error={errors.category?.message}
        >
          {CATEGORIES.map((category) => (
            <option key={category} value={category}>
              {categoryText(category)}
            </option>
          ))}
        </SelectField>
        <Field
          {...form.register('website', { validate: isAddress })}
          id={IDS.website}
          label="Website"
          optional
          type="url"
          inputMode="url"
          placeholder="https://"
          error={errors.website?.message}
        />
      </div>
    </Section>
  );
}
