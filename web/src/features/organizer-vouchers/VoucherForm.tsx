import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, symbolOf, wholeNumber } from '~/shared/organizer/prices';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { EMPTY, seatMistake, valueOf, type Draft, type SeatChoice } from './draft';
import { ForSeats } from './ForSeats';
import { IDS } from './ids';
import { Limits, type Form } from './Limits';
import styles from '~/shared/organizer/Settings.module.css';
import { useCreating } from './useCreating';

function Worth({ form, currency }: { form: Form; currency: string }) {
  const effect = useWatch({ control: form.control, name: 'effect' });
  return (
    <>
      <SelectField {...form.register('effect')} id={IDS.effect} label="What it does">
        <option value="percent">takes a percentage off</option>
        <option value="amount">takes an amount off each ticket</option>
        <option value="price">sets the price</option>
        <option value="none">nothing to the price</option>
      </SelectField>
      {effect !== 'none' && (
        <Field
          {...form.register('value', {
            validate: (_, draft) =>
              valueOf(draft, currency) !== null || 'Give a number such as 20.',
          })}
          id={IDS.value}
          label={effect === 'percent' ? 'In %' : `In ${symbolOf(currency)}`}
          error={form.formState.errors.value?.message}
        />
      )}
    </>
  );
}

function Uses({ form }: { form: Form }) {
  return (
    <Field
      {...form.register('uses', {
        validate: (text) => wholeNumber(text, 1) !== null || 'At least 1.',
      })}
      id={IDS.uses}
      label="Tickets for each voucher"
      inputMode="numeric"
      error={form.formState.errors.uses?.message}
    />
  );
}

function Codes({ form, hasSeats }: { form: Form; hasSeats: boolean }) {
  const { errors } = form.formState;
  const isMany = useWatch({ control: form.control, name: 'count' }).trim() !== '1';
  const isAside = useWatch({ control: form.control, name: 'onStock' }) === 'reserve' && hasSeats;
  return (
    <>
      <Field
        {...form.register('count', {
          validate: (text) => {
            const count = wholeNumber(text, 1);
            return (count !== null && count <= 1000) || 'From 1 to 1000.';
          },
        })}
        id={IDS.count}
        label="How many vouchers"
        hint="Up to 1000 at once."
        inputMode="numeric"
        error={errors.count?.message}
      />
      <Field
        {...form.register('code')}
        id={IDS.code}
        label={isMany ? 'Their codes begin with' : 'Code'}
        optional
        hint={
          isMany ? 'Each gets an end of its own.' : 'Leave it empty for a code that nobody guesses.'
        }
        maxLength={isMany ? 20 : 64}
        autoComplete="off"
        error={errors.code?.message}
      />
      {!isAside && <Uses form={form} />}
    </>
  );
}

/** One voucher or many at once. */
export function VoucherForm({ event, close }: { event: ManagedEvent; close: () => void }) {
  const form = useAppForm<Draft>(IDS, EMPTY);
  const creating = useCreating(event, close);
  const [seats, setSeats] = useState<SeatChoice | null>(null);
  const [mistake, setMistake] = useState<string | null>(null);
  const submit = form.send((draft) => {
    const wrong = seatMistake(draft, seats);
    setMistake(wrong);
    if (wrong === null && !creating.isPending) creating.mutate({ draft, seats });
  });
  const checkBudget = (text: string) =>
    text.trim() === '' || (minorUnits(text, event.currency) ?? 0) > 0 || 'Give an amount.';
  return (
    <form className={styles.form} noValidate aria-label="New vouchers" onSubmit={submit}>
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {creating.isError && <Trouble error={creating.error} />}
      <div className={styles.halves}>
        <Worth form={form} currency={event.currency} />
        <Codes form={form} hasSeats={seats !== null} />
      </div>
      <Limits form={form} event={event} hasSeats={seats !== null} checkBudget={checkBudget} />
      <ForSeats
        event={event}
        seats={seats}
        onSeats={(chosen) => {
          setMistake(null);
          setSeats(chosen);
        }}
      />
      {mistake !== null && (
        <p role="alert" className={styles.warning}>
          {mistake}
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" busy={creating.isPending ? 'Making…' : null}>
          Make vouchers
        </Button>
        <Button look="text" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
