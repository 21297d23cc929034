import { useQuery } from '@tanstack/react-query';
import type { Rounding, TaxRuleView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { useMay } from '~/shared/organizer/useMay';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from '~/shared/organizer/Settings.module.css';
import { taxRulesQuery } from './queries';
import { Section } from './Section';
import type { Rules } from './useRules';

const ROUNDING: Record<Rounding, string> = {
  line: 'each ticket by itself',
  net_total: 'the net total; prices may move by a cent',
  net_total_stable_gross: 'the net total, with prices as listed',
};
const LIKE_EVENT = 'event';

interface TaxSelectProps {
  id: string;
  label: string;
  value: string | null | undefined;
  taxes: readonly TaxRuleView[];
  isReadOnly: boolean;
  onPick: (value: string) => void;
}

function TaxSelect({ id, label, value, taxes, isReadOnly, onPick }: TaxSelectProps) {
  return (
    <SelectField
      id={id}
      label={label}
      value={value === undefined ? LIKE_EVENT : (value ?? '')}
      disabled={isReadOnly}
      onChange={({ target }) => {
        onPick(target.value);
      }}
    >
      {id !== 'event-tax' && <option value={LIKE_EVENT}>like the event</option>}
      <option value="">no tax</option>
      {taxes.map((tax) => (
        <option key={tax.id} value={tax.id}>
          {tax.name}
        </option>
      ))}
    </SelectField>
  );
}

/** Which tax is on what, and how it is rounded; saved as it is chosen. */
export function Taxes({ rules }: { rules: Rules }) {
  const { slug } = useArea();
  const mayWrite = useMay('events:write');
  const { view, change, isPending } = rules;
  const taxes = useQuery(taxRulesQuery(slug)).data ?? [];
  const taxOf = new Map(view.type_taxes.map((one) => [one.ticket_type_id, one.tax_rule_id]));
  const isReadOnly = !mayWrite || isPending;
  const setType = (id: string, value: string) => {
    const others = view.type_taxes.filter(({ ticket_type_id }) => ticket_type_id !== id);
    const own = value === LIKE_EVENT ? [] : [{ ticket_type_id: id, tax_rule_id: value || null }];
    change({ type_taxes: [...others, ...own] });
  };
  return (
    <Section
      id="event-taxes"
      title="Taxes of this event"
      hint="Whatever you choose, tickets and fees always add up to the order’s total."
    >
      <div className={styles.halves}>
        <TaxSelect
          id="event-tax"
          label="Tax on tickets"
          value={view.tax_rule_id}
          taxes={taxes}
          isReadOnly={isReadOnly}
          onPick={(value) => {
            change({ tax_rule_id: value || null });
          }}
        />
        <SelectField
          id="rounding"
          label="Tax is rounded on"
          value={view.rounding}
          disabled={isReadOnly}
          onChange={({ target }) => {
            change({ rounding: target.value as Rounding });
          }}
        >
          {Object.entries(ROUNDING).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </SelectField>
        {view.prices.length > 1 &&
          view.prices.map(({ ticket_type_id: id, name }) => (
            <TaxSelect
              key={id}
              id={`tax-${id}`}
              label={`Tax on ${name}`}
              value={taxOf.has(id) ? taxOf.get(id) : undefined}
              taxes={taxes}
              isReadOnly={isReadOnly}
              onPick={(value) => {
                setType(id, value);
              }}
            />
          ))}
      </div>
    </Section>
  );
}
