import { useQuery } from '@tanstack/react-query';
import type { FeeBody } from '~/shared/api/generated/boxoffice.schemas';
import { shareOf } from '~/shared/format/percent';
import { useArea } from '~/shared/organizer/area';
import { minorUnits, symbolOf } from '~/shared/organizer/prices';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { Adding } from './Adding';
import { Items } from './Items';
import styles from '~/shared/organizer/Settings.module.css';
import { taxRulesQuery } from './queries';
import { bodyOf, feeText } from './rules';
import { Section } from './Section';
import type { Rules } from './useRules';

interface Draft {
  name: string;
  fixed: string;
  per: 'ticket' | 'order';
  percent: string;
  of: 'tickets' | 'total';
  payer: 'buyer' | 'organizer';
  tax: string;
}

const EMPTY: Draft = {
  name: '',
  fixed: '',
  per: 'ticket',
  percent: '',
  of: 'tickets',
  payer: 'buyer',
  tax: '',
};
const IDS: Record<keyof Draft, string> = {
  name: 'fee-name',
  fixed: 'fee-fixed',
  per: 'fee-per',
  percent: 'fee-percent',
  of: 'fee-of',
  payer: 'fee-payer',
  tax: 'fee-tax',
};

function feeOf(draft: Draft, currency: string): FeeBody {
  return {
    name: draft.name.trim(),
    fixed: minorUnits(draft.fixed, currency) ?? 0,
    per: draft.per,
    percent: shareOf(draft.percent) ?? 0,
    of: draft.of,
    payer: draft.payer,
    tax_rule_id: draft.tax || null,
    kind: draft.of === 'total' ? 'payment' : 'service',
  };
}

type Form = ReturnType<typeof useAppForm<Draft>>;

function Amounts({ form, currency }: { form: Form; currency: string }) {
  const { errors } = form.formState;
  return (
    <div className={styles.halves}>
      <Field
        {...form.register('fixed', {
          validate: (text, { percent }) =>
            text.trim() === ''
              ? percent.trim() !== '' || 'Give an amount, a percentage, or both.'
              : minorUnits(text, currency) !== null || 'Give an amount such as 1.50.',
        })}
        id={IDS.fixed}
        label={`Amount in ${symbolOf(currency)}`}
        optional
        error={errors.fixed?.message}
      />
      <SelectField {...form.register('per')} id={IDS.per} label="The amount is for">
        <option value="ticket">each ticket that costs something</option>
        <option value="order">the whole order</option>
      </SelectField>
      <Field
        {...form.register('percent', {
          validate: (text) =>
            text.trim() === '' || shareOf(text) !== null || 'Give a percentage such as 2.9.',
        })}
        id={IDS.percent}
        label="Percentage"
        optional
        error={errors.percent?.message}
      />
      <SelectField {...form.register('of')} id={IDS.of} label="The percentage is of">
        <option value="tickets">the tickets</option>
        <option value="total">the final total, this fee included</option>
      </SelectField>
    </div>
  );
}

function FeeForm({ rules, close }: { rules: Rules; close: () => void }) {
  const { slug } = useArea();
  const taxes = useQuery(taxRulesQuery(slug)).data ?? [];
  const form = useAppForm<Draft>(IDS, EMPTY);
  const { view, change, isPending } = rules;
  const submit = form.send((draft) => {
    change({ fees: [...bodyOf(view).fees, feeOf(draft, view.currency)] }, close);
  });
  return (
    <form className={styles.form} noValidate aria-label="New fee" onSubmit={submit}>
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      <Field
        {...form.register('name', { validate: (name) => name.trim() !== '' || 'Name the fee.' })}
        id={IDS.name}
        label="Name"
        placeholder="Service fee"
        maxLength={200}
        error={form.formState.errors.name?.message}
      />
      <Amounts form={form} currency={view.currency} />
      <div className={styles.halves}>
        <SelectField {...form.register('payer')} id={IDS.payer} label="Who pays it">
          <option value="buyer">the buyer: it is in every price shown</option>
          <option value="organizer">you: buyers never see it</option>
        </SelectField>
        <SelectField {...form.register('tax')} id={IDS.tax} label="Tax on the fee">
          <option value="">no tax</option>
          {taxes.map((tax) => (
            <option key={tax.id} value={tax.id}>
              {tax.name}
            </option>
          ))}
        </SelectField>
      </div>
      <div className={styles.buttons}>
        <Button type="submit" busy={isPending ? 'Adding…' : null}>
          Add fee
        </Button>
        <Button look="text" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** What comes on top of the tickets, and who pays it. */
export function Fees({ rules }: { rules: Rules }) {
  const mayWrite = useMay('events:write');
  const { view, change } = rules;
  const remove = (id: string) => {
    const place = view.fees.findIndex((fee) => fee.id === id);
    change({ fees: bodyOf(view).fees.filter((_, index) => index !== place) });
  };
  const items = view.fees.map((fee) => ({
    key: fee.id,
    name: fee.name,
    text: feeText(fee, view.currency),
  }));
  return (
    <Section
      id="fees"
      title="Fees"
      hint="Free tickets bear none. Fees that buyers pay are in the price from the first screen."
    >
      <Items items={items} none="No fees." onRemove={mayWrite ? remove : null} />
      {mayWrite && (
        <Adding label="Add fee">{(close) => <FeeForm rules={rules} close={close} />}</Adding>
      )}
    </Section>
  );
}
