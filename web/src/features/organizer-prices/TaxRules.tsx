import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createTaxRule, deleteTaxRule } from '~/shared/api/generated/boxoffice';
import type { TaxRuleBody } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { percentText, shareOf } from '~/shared/format/percent';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { Adding } from './Adding';
import { Items } from './Items';
import styles from '~/shared/organizer/Settings.module.css';
import { taxRulesQuery } from './queries';
import { caseBody, rateOf, type CaseDraft } from './taxCase';
import { TaxCases } from './TaxCases';
import { Section } from './Section';

/** That some buyers pay another rate. */
function casesText(count: number): string {
  return count === 0 ? '' : `, ${countText(count, 'other rate')} for some buyers`;
}

interface Draft {
  name: string;
  rate: string;
  inclusive: string;
}

const IDS = { name: 'tax-name', rate: 'tax-rate', inclusive: 'tax-inclusive' };

function useCreating(done: () => void) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const key = useOnceKey();
  return useMutation({
    mutationFn: (body: TaxRuleBody) => createTaxRule(slug, body, key.headers()),
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries(taxRulesQuery(slug));
      done();
    },
  });
}

function TaxForm({ close }: { close: () => void }) {
  const creating = useCreating(close);
  const form = useAppForm<Draft>(IDS, { name: '', rate: '', inclusive: 'yes' });
  const [cases, setCases] = useState<(CaseDraft & { key: number })[]>([]);
  const [isChecked, setChecked] = useState(false);
  const { errors } = form.formState;
  const submit = form.send(({ name, rate, inclusive }) => {
    setChecked(true);
    if (cases.some((one) => rateOf(one) === null)) return;
    creating.mutate({
      name,
      rate: shareOf(rate) ?? 0,
      inclusive: inclusive === 'yes',
      cases: cases.map(caseBody),
    });
  });
  return (
    <form className={styles.form} noValidate aria-label="New tax" onSubmit={submit}>
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {creating.isError && <Trouble error={creating.error} />}
      <Field
        {...form.register('name', { validate: (name) => name.trim() !== '' || 'Name the tax.' })}
        id={IDS.name}
        label="Name"
        placeholder="VAT 19 %"
        maxLength={200}
        error={errors.name?.message}
      />
      <div className={styles.halves}>
        <Field
          {...form.register('rate', {
            validate: (rate) => shareOf(rate) !== null || 'Give a percentage such as 19 or 8.875.',
          })}
          id={IDS.rate}
          label="Rate in %"
          error={errors.rate?.message}
        />
        <SelectField {...form.register('inclusive')} id={IDS.inclusive} label="Prices">
          <option value="yes">contain this tax</option>
          <option value="no">are without it: it comes on top</option>
        </SelectField>
      </div>
      <TaxCases cases={cases} isChecked={isChecked} onChange={setCases} />
      <div className={styles.buttons}>
        <Button type="submit" busy={creating.isPending ? 'Adding…' : null}>
          Add tax
        </Button>
        <Button look="text" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** The organizer's taxes: every event may use them. */
export function TaxRules() {
  const { slug } = useArea();
  const mayWrite = useMay('events:write');
  const queryClient = useQueryClient();
  const read = useQuery(taxRulesQuery(slug));
  const deleting = useMutation({
    mutationFn: (id: string) => deleteTaxRule(slug, id),
    onSuccess: ({ items }) => {
      queryClient.setQueryData(taxRulesQuery(slug).queryKey, items);
    },
  });
  const items = (read.data ?? []).map(({ id, name, rate, inclusive, cases }) => ({
    key: id,
    name,
    text: `${percentText(rate)}, ${inclusive ? 'in the price' : 'on top of the price'}${casesText(cases.length)}`,
  }));
  return (
    <Section
      id="tax-rules"
      title="Your taxes"
      hint="For all your events. Orders keep the tax that they were opened with."
    >
      {read.isError && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {deleting.isError && <Trouble error={deleting.error} />}
      <Items
        items={items}
        none="No taxes yet."
        onRemove={
          mayWrite
            ? (id) => {
                deleting.mutate(id);
              }
            : null
        }
      />
      {mayWrite && <Adding label="Add tax">{(close) => <TaxForm close={close} />}</Adding>}
    </Section>
  );
}
