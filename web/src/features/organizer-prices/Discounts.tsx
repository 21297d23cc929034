import { useWatch } from 'react-hook-form';
import { symbolOf } from '~/shared/organizer/prices';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { Adding } from './Adding';
import {
  countLabel,
  countMistake,
  discountOf,
  EMPTY,
  IDS,
  MISTAKE,
  valueOf,
  type Draft,
  type Kind,
} from './discount';
import { Items } from './Items';
import styles from '~/shared/organizer/Settings.module.css';
import { bodyOf, discountText, typesText } from './rules';
import { Section } from './Section';
import type { Rules } from './useRules';

function DiscountForm({ rules, close }: { rules: Rules; close: () => void }) {
  const { view, change, isPending } = rules;
  const form = useAppForm<Draft>(IDS, EMPTY);
  const kind = useWatch({ control: form.control, name: 'kind' });
  const { errors } = form.formState;
  const label: Record<Kind, string> = {
    percent: 'Off each, in %',
    amount: `Off each, in ${symbolOf(view.currency)}`,
    dates_percent: 'Off each, in %',
    dates_amount: `Off each, in ${symbolOf(view.currency)}`,
    n_for_m: 'How many of them are paid',
  };
  const submit = form.send((draft) => {
    change({ discounts: [...bodyOf(view).discounts, discountOf(draft, view.currency)] }, close);
  });
  return (
    <form className={styles.form} noValidate aria-label="New discount" onSubmit={submit}>
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      <div className={styles.halves}>
        <Field
          {...form.register('name', { validate: (name) => name.trim() !== '' || 'Name it.' })}
          id={IDS.name}
          label="Name"
          placeholder="Groups of ten"
          maxLength={200}
          error={errors.name?.message}
        />
        <SelectField {...form.register('kind')} id={IDS.kind} label="What it does">
          <option value="percent">a percentage off, for groups</option>
          <option value="amount">an amount off, for groups</option>
          <option value="dates_percent">a percentage off, for different dates</option>
          <option value="dates_amount">an amount off, for different dates</option>
          <option value="n_for_m">take some, pay fewer</option>
        </SelectField>
        <Field
          {...form.register('count', {
            validate: (_, draft) => countMistake(draft),
          })}
          id={IDS.count}
          label={countLabel(kind)}
          inputMode="numeric"
          error={errors.count?.message}
        />
        <Field
          {...form.register('value', {
            validate: (_, draft) => valueOf(draft, view.currency) !== null || MISTAKE[draft.kind],
          })}
          id={IDS.value}
          label={label[kind]}
          error={errors.value?.message}
        />
        <SelectField {...form.register('type')} id={IDS.type} label="For">
          <option value="">all ticket types</option>
          {view.prices.map(({ ticket_type_id: id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          {...form.register('vouchers')}
          id={IDS.vouchers}
          label="Tickets with a voucher"
        >
          <option value="apart">do not take part</option>
          <option value="too">take part as well</option>
        </SelectField>
      </div>
      <div className={styles.buttons}>
        <Button type="submit" busy={isPending ? 'Adding…' : null}>
          Add discount
        </Button>
        <Button look="text" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Discounts that nobody has to ask for, in the order in which they apply. */
export function Discounts({ rules }: { rules: Rules }) {
  const mayWrite = useMay('events:write');
  const { view, change } = rules;
  const names = new Map(view.prices.map((one) => [one.ticket_type_id, one.name]));
  const remove = (id: string) => {
    const place = view.discounts.findIndex((one) => one.id === id);
    change({ discounts: bodyOf(view).discounts.filter((_, index) => index !== place) });
  };
  const items = view.discounts.map((one) => ({
    key: one.id,
    name: one.name,
    text: `${discountText(one, view.currency)}, ${typesText(one.ticket_type_ids, names)}`,
  }));
  return (
    <Section
      id="discounts"
      title="Automatic discounts"
      hint="They apply from top to bottom; a ticket takes part in one of them at most."
    >
      <Items items={items} none="No discounts." onRemove={mayWrite ? remove : null} />
      {mayWrite && (
        <Adding label="Add discount">
          {(close) => <DiscountForm rules={rules} close={close} />}
        </Adding>
      )}
    </Section>
  );
}
