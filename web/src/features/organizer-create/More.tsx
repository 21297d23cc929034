import type { UseFormReturn } from 'react-hook-form';
import { CATEGORIES, categoryText } from '~/shared/organizer/categories';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from './CreateEvent.module.css';
import { CURRENCIES, IDS, type Draft } from './draft';

/** What has a good default. */
export function More({ form }: { form: UseFormReturn<Draft> }) {
  const { errors } = form.formState;
  const hasMistake = errors.category !== undefined || errors.currency !== undefined;
  return (
    <details className={styles.more} open={hasMistake || undefined}>
      <summary>More: category and currency</summary>
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
        <SelectField
          {...form.register('currency')}
          id={IDS.currency}
          label="Currency"
          error={errors.currency?.message}
        >
          {CURRENCIES.map((currency) => (
            <option key={currency} value={currency}>
              {currency}
            </option>
          ))}
        </SelectField>
      </div>
    </details>
  );
}
