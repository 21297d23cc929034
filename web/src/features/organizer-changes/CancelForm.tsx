import { useMutation } from '@tanstack/react-query';
import type { UseFormReturn } from 'react-hook-form';
import { cancelDates, previewCancellation } from '~/shared/api/generated/boxoffice';
import type {
  ChangePreview,
  ManagedEvent,
  OccurrenceView,
} from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { minorUnits, symbolOf } from '~/shared/organizer/prices';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { Panel } from '~/shared/ui/Panel';
import shared from '~/shared/organizer/Settings.module.css';
import styles from './ChangeDates.module.css';
import { cancelBody, isPercent, type Decision } from './decision';
import { useDeciding, useDecisionForm } from './useDecision';
import { WhichDates } from './WhichDates';

function Policy({ form, currency }: { form: UseFormReturn<Decision>; currency: string }) {
  const refund = form.watch('refund');
  const { errors } = form.formState;
  return (
    <>
      <SelectField {...form.register('refund')} id="change-refund" label="Buyers get back">
        <option value="full">everything they paid</option>
        <option value="keep_fee">what they paid less a fee</option>
        <option value="none">nothing</option>
      </SelectField>
      {refund !== 'none' && (
        <SelectField {...form.register('refundAs')} id="change-refund-as" label="It goes back">
          <option value="money">the way it came</option>
          <option value="gift_card">as a gift card for your events, its code by mail</option>
        </SelectField>
      )}
      {refund === 'keep_fee' && (
        <div className={styles.pair}>
          <Field
            {...form.register('percent', {
              validate: (text) => isPercent(text) || 'Give a number from 0 to 100.',
            })}
            id="change-percent"
            label="Keep, in percent"
            inputMode="numeric"
            error={errors.percent?.message}
          />
          <Field
            {...form.register('perTicket', {
              validate: (text) => minorUnits(text, currency) !== null || 'Give an amount.',
            })}
            id="change-per-ticket"
            label={`And for each ticket, in ${symbolOf(currency)}`}
            error={errors.perTicket?.message}
          />
        </div>
      )}
    </>
  );
}

function DryRun({ preview }: { preview: ChangePreview }) {
  return (
    <Panel tone="careful" role="status" title="What would happen">
      <dl className={`num ${styles.facts ?? ''}`}>
        <dt>Orders cancelled</dt>
        <dd>{preview.orders}</dd>
        <dt>Tickets made void</dt>
        <dd>{preview.tickets}</dd>
        {preview.admitted > 0 && (
          <>
            <dt>Of them admitted already</dt>
            <dd>{preview.admitted}</dd>
          </>
        )}
        <dt>Purchases under way that end</dt>
        <dd>{preview.open_orders}</dd>
        <dt>Money that goes back</dt>
        <dd>{moneyText(preview.refund)}</dd>
        {preview.gift_cards > 0 && (
          <>
            <dt>Of it on {countText(preview.gift_cards, 'gift card')}</dt>
            <dd>{moneyText(preview.credit)}</dd>
          </>
        )}
        {preview.refund_to_gift_cards.amount > 0 && (
          <>
            <dt>Of it to the gift cards that paid it</dt>
            <dd>{moneyText(preview.refund_to_gift_cards)}</dd>
          </>
        )}
        {preview.refund_to_test_cards.amount > 0 && (
          <>
            <dt>Of it to cards for tests, which is no money</dt>
            <dd>{moneyText(preview.refund_to_test_cards)}</dd>
          </>
        )}
        <dt>Money that you keep</dt>
        <dd>{moneyText(preview.kept)}</dd>
        <dt>Mails sent</dt>
        <dd>{preview.mails}</dd>
      </dl>
    </Panel>
  );
}

interface CancelFormProps {
  event: ManagedEvent;
  dates: readonly OccurrenceView[];
}

/** First what it would mean; only then the button that does it, which nobody takes back. */
export function CancelForm({ event, dates }: CancelFormProps) {
  const { slug } = useArea();
  const { form, ids } = useDecisionForm(event, dates);
  const deciding = useDeciding();
  const preview = useMutation({
    mutationFn: (decision: Decision) =>
      previewCancellation(slug, event.id, cancelBody(decision, event.currency)),
  });
  const decide = form.send((decision) => {
    if (deciding.isPending) return;
    const body = cancelBody(decision, event.currency);
    deciding.mutate((options) => cancelDates(slug, event.id, body, options), {
      onSuccess: () => {
        preview.reset();
      },
    });
  });
  const error = deciding.error ?? preview.error;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={form.send((decision) => {
        preview.mutate(decision);
      })}
      onChange={() => {
        preview.reset();
      }}
    >
      <WhichDates event={event} dates={dates} form={form} />
      <Policy form={form} currency={event.currency} />
      <Field
        {...form.register('message')}
        id={ids.message}
        label="What buyers are told"
        hint="In your words; the facts and the refund are in the mail anyway."
        optional
        rows={3}
        maxLength={2000}
      />
      {preview.data !== undefined && <DryRun preview={preview.data} />}
      {error !== null && <Trouble error={error} />}
      <div className={shared.buttons}>
        {preview.data === undefined ? (
          <Button type="submit" busy={preview.isPending ? 'Counting…' : null}>
            Show what would happen
          </Button>
        ) : (
          <Button busy={deciding.isPending ? 'Cancelling…' : null} onClick={decide}>
            Cancel for good
          </Button>
        )}
      </div>
    </form>
  );
}
