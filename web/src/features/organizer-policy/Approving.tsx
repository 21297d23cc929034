import { useForm } from 'react-hook-form';
import type { ApprovalTerms } from '~/shared/api/generated/boxoffice.schemas';
import { wholeNumber } from '~/shared/organizer/prices';
import settings from '~/shared/organizer/Settings.module.css';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Policy.module.css';

interface ApprovingProps {
  terms: ApprovalTerms;
  onSet: (terms: ApprovalTerms) => void;
}

const MOST = 8_760;

function isHours(text: string): boolean {
  const hours = wholeNumber(text, 1);
  return hours !== null && hours <= MOST;
}

/** For ticket types that need approval: how long it may take, and how long there is to pay. */
export function Approving({ terms, onSet }: ApprovingProps) {
  const { register, handleSubmit, formState } = useForm({
    defaultValues: {
      pay: String(terms.pay_hours ?? 72),
      decide: terms.decide_hours == null ? '' : String(terms.decide_hours),
    },
  });
  const { errors } = formState;
  const save = handleSubmit(({ pay, decide }) => {
    onSet({ pay_hours: wholeNumber(pay, 1) ?? 72, decide_hours: wholeNumber(decide, 1) });
  });
  return (
    <section className={settings.section} aria-labelledby="approving">
      <h2 id="approving">Approving</h2>
      <p>For ticket types that need your approval. Their tickets are kept until you decide.</p>
      <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
        <Field
          {...register('pay', {
            validate: (text) => isHours(text) || 'Give a number of hours, at least 1.',
          })}
          label="Hours to pay, once you have approved"
          inputMode="numeric"
          error={errors.pay?.message}
        />
        <Field
          {...register('decide', {
            validate: (text) =>
              text.trim() === '' || isHours(text) || 'Give a number of hours, or leave it empty.',
          })}
          label="Hours for you to decide"
          hint="Empty: until the event is over. After that the tickets go back on sale."
          optional
          inputMode="numeric"
          error={errors.decide?.message}
        />
        <div>
          <Button type="submit" look="line">
            Set these times
          </Button>
        </div>
      </form>
    </section>
  );
}
