import { countries } from '~/shared/format/countries';
import { Icon } from '~/shared/icons/Icon';
import styles from '~/shared/organizer/Settings.module.css';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { BUYERS, RATE_MISTAKE, rateOf, type CaseDraft } from './taxCase';

const EMPTY: CaseDraft = { country: '', customer: 'any', rate: '' };
const ALL = countries();

interface CaseProps {
  number: number;
  draft: CaseDraft;
  isChecked: boolean;
  onChange: (draft: CaseDraft) => void;
  onRemove: () => void;
}

function Case({ number, draft, isChecked, onChange, onRemove }: CaseProps) {
  const isWrong = isChecked && rateOf(draft) === null;
  return (
    <fieldset className={styles.part}>
      <legend>Other rate {number}</legend>
      <div className={styles.halves}>
        <SelectField
          label="Buyers from"
          value={draft.country}
          onChange={({ target }) => {
            onChange({ ...draft, country: target.value });
          }}
        >
          <option value="">any country</option>
          {ALL.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Who buys"
          value={draft.customer}
          onChange={({ target }) => {
            onChange({ ...draft, customer: target.value as CaseDraft['customer'] });
          }}
        >
          {Object.entries(BUYERS).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </SelectField>
        {draft.customer !== 'reverse_charge' && (
          <Field
            label="Their rate in %"
            defaultValue={draft.rate}
            error={isWrong ? RATE_MISTAKE : undefined}
            onChange={({ target }) => {
              onChange({ ...draft, rate: target.value });
            }}
          />
        )}
      </div>
      <div>
        <Button look="text" onClick={onRemove}>
          Remove <span className="vh">other rate {number}</span>
        </Button>
      </div>
    </fieldset>
  );
}

interface TaxCasesProps {
  cases: readonly (CaseDraft & { key: number })[];
  /** Mistakes are shown. */
  isChecked: boolean;
  onChange: (cases: (CaseDraft & { key: number })[]) => void;
}

/** Rates that count instead for some buyers; the first that fits is taken. */
export function TaxCases({ cases, isChecked, onChange }: TaxCasesProps) {
  return (
    <>
      {cases.length > 0 && (
        <p className={styles.sub}>
          The first that fits counts. Buyers say their country at the checkout then.
        </p>
      )}
      {cases.map((one, index) => (
        <Case
          key={one.key}
          number={index + 1}
          draft={one}
          isChecked={isChecked}
          onChange={(draft) => {
            onChange(cases.map((other) => (other === one ? { ...draft, key: one.key } : other)));
          }}
          onRemove={() => {
            onChange(cases.filter((other) => other !== one));
          }}
        />
      ))}
      <div>
        <Button
          look="line"
          onClick={() => {
            const key = Math.max(0, ...cases.map((one) => one.key)) + 1;
            onChange([...cases, { ...EMPTY, key }]);
          }}
        >
          <Icon name="plus" /> Another rate for some buyers
        </Button>
      </div>
    </>
  );
}
