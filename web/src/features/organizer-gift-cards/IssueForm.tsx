import { issueGiftCard } from '~/shared/api/generated/boxoffice';
import type { IssuedGiftCardView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { minorUnits } from '~/shared/organizer/prices';
import styles from '~/shared/organizer/Settings.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { useCardCommand } from './useCardCommand';
import { endOfDay } from './words';

interface Draft {
  value: string;
  currency: string;
  until: string;
  note: string;
  use: 'sale' | 'tests';
}

const IDS = {
  value: 'gift-value',
  currency: 'gift-currency',
  until: 'gift-until',
  note: 'gift-note',
  use: 'gift-use',
};
const EMPTY: Draft = { value: '', currency: 'EUR', until: '', note: '', use: 'sale' };

function currencyOf(text: string): string {
  return text.trim().toUpperCase();
}

function bodyOf({ value, currency, until, note, use }: Draft) {
  const code = currencyOf(currency);
  return {
    value: { amount: minorUnits(value, code) ?? 0, currency: code },
    expires_at: endOfDay(until),
    note: note.trim(),
    for_tests: use === 'tests',
  };
}

interface IssueFormProps {
  onIssued: (made: IssuedGiftCardView) => void;
  onClose: () => void;
}

/** A new card: what it is worth, and how long. */
export function IssueForm({ onIssued, onClose }: IssueFormProps) {
  const { slug } = useArea();
  const form = useAppForm<Draft>(IDS, EMPTY);
  const issuing = useCardCommand(
    (draft: Draft, options) => issueGiftCard(slug, bodyOf(draft), options),
    onIssued,
  );
  const { errors } = form.formState;
  const submit = form.send((draft) => {
    if (!issuing.isPending) issuing.mutate(draft);
  });
  return (
    <form className={styles.form} noValidate aria-label="New gift card" onSubmit={submit}>
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {issuing.isError && <Trouble error={issuing.error} />}
      <div className={styles.halves}>
        <Field
          {...form.register('value', {
            validate: (text, { currency }) =>
              (minorUnits(text, currencyOf(currency)) ?? 0) > 0 || 'Give an amount such as 50.',
          })}
          id={IDS.value}
          label="Value"
          error={errors.value?.message}
        />
        <Field
          {...form.register('currency', {
            validate: (text) =>
              /^[A-Z]{3}$/.test(currencyOf(text)) || 'Give its three letters, such as EUR.',
          })}
          id={IDS.currency}
          label="Currency"
          maxLength={3}
          error={errors.currency?.message}
        />
        <Field
          {...form.register('until')}
          id={IDS.until}
          label="Can be spent until"
          hint="The end of that day. Without a day it does not expire."
          optional
          type="date"
          error={errors.until?.message}
        />
        <SelectField {...form.register('use')} id={IDS.use} label="Pays for">
          <option value="sale">orders of whoever has its code</option>
          <option value="tests">your team’s test orders only</option>
        </SelectField>
      </div>
      <Field
        {...form.register('note')}
        id={IDS.note}
        label="Note for your team"
        optional
        maxLength={200}
        error={errors.note?.message}
      />
      <div className={styles.buttons}>
        <Button type="submit" busy={issuing.isPending ? 'Issuing…' : null}>
          Issue gift card
        </Button>
        <Button look="text" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
