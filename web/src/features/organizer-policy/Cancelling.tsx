import type {
  CancellationTerms,
  CancellationTermsDiscounts,
} from '~/shared/api/generated/boxoffice.schemas';
import { Button } from '~/shared/ui/Button';
import { SelectField } from '~/shared/ui/forms/SelectField';
import settings from '~/shared/organizer/Settings.module.css';
import styles from './Policy.module.css';
import { StepForm } from './StepForm';
import { feeText, untilText } from './steps';
import { Tick } from './Tick';

interface CancellingProps {
  terms: CancellationTerms;
  currency: string;
  mayWrite: boolean;
  onChange: (parts: CancellationTerms) => void;
}

function Steps({ terms, currency, mayWrite, onChange }: CancellingProps) {
  const { schedule = [] } = terms;
  if (schedule.length === 0) return <p>Until it begins, for nothing.</p>;
  return (
    <ul className={styles.steps}>
      {schedule.map((step) => (
        <li key={step.hours_before}>
          <span>
            {untilText(step.hours_before)}, {feeText(step, currency)}
          </span>
          {mayWrite && (
            <Button
              look="text"
              onClick={() => {
                const left = schedule.filter((one) => one.hours_before !== step.hours_before);
                onChange({ schedule: left });
              }}
            >
              Remove<span className="vh">: {untilText(step.hours_before)}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Whether buyers may cancel themselves, until when, and what is kept. */
export function Cancelling(props: CancellingProps) {
  const { terms, currency, mayWrite, onChange } = props;
  const { schedule = [] } = terms;
  return (
    <section className={settings.section} aria-labelledby="cancelling">
      <h2 id="cancelling">Cancelling</h2>
      <p>Without this buyers ask you, and you cancel for them on the order’s page.</p>
      <Tick
        isOn={terms.allowed === true}
        onSwitch={(allowed) => {
          onChange({ allowed });
        }}
      >
        Buyers cancel tickets themselves
      </Tick>
      {terms.allowed === true && (
        <>
          <h3>Until when, and for what fee</h3>
          <Steps {...props} />
          {mayWrite && (
            <StepForm
              currency={currency}
              taken={schedule.map((step) => step.hours_before)}
              onAdd={(step) => {
                onChange({ schedule: [...schedule, step] });
              }}
            />
          )}
          <SelectField
            label="If a discount rests on the cancelled ticket"
            value={terms.discounts}
            onChange={(change) => {
              onChange({ discounts: change.target.value as CancellationTermsDiscounts });
            }}
          >
            <option value="charge">the other tickets cost what they do without it</option>
            <option value="keep">the other tickets keep their discount</option>
            <option value="forbid">only the whole order can be cancelled</option>
          </SelectField>
          <Tick
            isOn={terms.keep_fees === true}
            onSwitch={(keep_fees) => {
              onChange({ keep_fees });
            }}
          >
            Service fees are not given back
          </Tick>
        </>
      )}
    </section>
  );
}
