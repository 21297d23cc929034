import type { UseFormReturn } from 'react-hook-form';
import type { ManagedEvent, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, symbolOf, wholeNumber } from '~/shared/organizer/prices';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from './Tickets.module.css';
import type { TypeDraft } from './ticketType';

interface TypeRulesProps {
  form: UseFormReturn<TypeDraft>;
  ids: Record<keyof TypeDraft, string>;
  event: ManagedEvent;
  type: TicketTypeView | null;
}

function Pricing({ form, ids, event }: TypeRulesProps) {
  const isOpen = form.watch('pricing') === 'open';
  return (
    <>
      <SelectField {...form.register('pricing')} id={ids.pricing} label="Who sets the price">
        <option value="fixed">You: the price above</option>
        <option value="open">The buyer: at least the price above</option>
      </SelectField>
      {isOpen && (
        <Field
          {...form.register('suggested', {
            validate: (text, { price }) =>
              text.trim() === '' ||
              (minorUnits(text, event.currency) ?? -1) >=
                (minorUnits(price, event.currency) ?? 0) ||
              'Not less than the price above.',
          })}
          id={ids.suggested}
          label={`Suggested amount in ${symbolOf(event.currency)}`}
          optional
          autoComplete="off"
          error={form.formState.errors.suggested?.message}
        />
      )}
    </>
  );
}

function Visibility({ form, ids }: TypeRulesProps) {
  const isHidden = form.watch('visibility') === 'hidden';
  return (
    <>
      <SelectField {...form.register('visibility')} id={ids.visibility} label="Who sees it">
        <option value="public">Everybody</option>
        <option value="hidden">Whoever has the code</option>
        <option value="add_on">Only with other tickets, as an add-on</option>
      </SelectField>
      <SelectField {...form.register('admits')} id={ids.admits} label="What it is">
        <option value="yes">A ticket that admits somebody</option>
        <option value="no">Merchandise, without a ticket</option>
      </SelectField>
      {isHidden && (
        <Field
          {...form.register('code', {
            validate: (code, { visibility }) =>
              visibility !== 'hidden' || /^\S{1,100}$/.test(code.trim()) || 'Give one word.',
          })}
          id={ids.code}
          label="Code"
          hint="Capitals do not matter. A link that ends in ?code= and the code reveals it."
          autoComplete="off"
          maxLength={100}
          error={form.formState.errors.code?.message}
        />
      )}
    </>
  );
}

function Place({ form, ids, event, type }: TypeRulesProps) {
  const others = event.ticket_types.filter(({ id }) => id !== type?.id);
  return (
    <>
      <SelectField {...form.register('category')} id={ids.category} label="Heading">
        <option value="">None</option>
        {(event.categories ?? []).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        {...form.register('opensAfter')}
        id={ids.opensAfter}
        label="Opens after"
        hint="Once that type is sold out or its sale has ended, or at its own date if that is earlier."
      >
        <option value="">Nothing: by its date alone</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </>
  );
}

/** Who sets the price, who sees it, where it stands, how many one person may have. */
export function TypeRules(props: TypeRulesProps) {
  const { form, ids } = props;
  const { errors } = form.formState;
  const isWrong = ['suggested', 'code', 'perPerson'].some((name) => name in errors);
  return (
    <details className={styles.more} open={isWrong || undefined}>
      <summary>More: donation, code, waves, limit per person</summary>
      <div className={styles.terms}>
        <div className={styles.halves}>
          <Pricing {...props} />
          <Visibility {...props} />
          <Place {...props} />
          <SelectField
            {...form.register('approval')}
            id={ids.approval}
            label="Who gets it"
            hint="Whoever applies is listed under Orders, Applications."
          >
            <option value="no">Whoever buys it</option>
            <option value="yes">Whom you approve: they apply, then pay</option>
          </SelectField>
          <Field
            {...form.register('perPerson', {
              validate: (text) =>
                text.trim() === '' || wholeNumber(text, 1) !== null || 'At least 1.',
            })}
            id={ids.perPerson}
            label="At most per person"
            hint="Over all their orders. Empty: as many as they like."
            optional
            inputMode="numeric"
            error={errors.perPerson?.message}
          />
        </div>
      </div>
    </details>
  );
}
