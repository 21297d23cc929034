import type { UseFormReturn } from 'react-hook-form';
import type { ManagedEvent, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, symbolOf, wholeNumber } from '~/shared/organizer/prices';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Tickets.module.css';
import { draftOf, type TypeDraft } from './ticketType';
import { TypeRules } from './TypeRules';
import { TypeTerms } from './TypeTerms';
import type { Change } from './useChange';

interface TypeFormProps {
  event: ManagedEvent;
  /** The type to change; null for a new one, which also has a quantity. */
  type: TicketTypeView | null;
  change: Change;
  onSave: (draft: TypeDraft) => void;
  onCancel: () => void;
}

function idsOf(prefix: string): Record<keyof TypeDraft, string> {
  const id = (field: string) => `${prefix}-${field}`;
  return {
    name: id('name'),
    price: id('price'),
    quantity: id('quantity'),
    description: id('description'),
    least: id('least'),
    most: id('most'),
    salesStart: id('sales-start'),
    salesEnd: id('sales-end'),
    pricing: id('pricing'),
    suggested: id('suggested'),
    category: id('category'),
    visibility: id('visibility'),
    code: id('code'),
    opensAfter: id('opens-after'),
    perPerson: id('per-person'),
    admits: id('admits'),
    approval: id('approval'),
  };
}

interface MainFieldsProps {
  form: UseFormReturn<TypeDraft>;
  ids: Record<keyof TypeDraft, string>;
  event: ManagedEvent;
  isNew: boolean;
}

function MainFields({ form, ids, event, isNew }: MainFieldsProps) {
  const { errors } = form.formState;
  return (
    <div className={styles.row}>
      <Field
        {...form.register('name', {
          validate: (name) => name.trim() !== '' || 'Name the ticket.',
        })}
        id={ids.name}
        label="Name"
        autoComplete="off"
        maxLength={200}
        error={errors.name?.message}
      />
      <Field
        {...form.register('price', {
          validate: (price) =>
            minorUnits(price, event.currency) !== null || 'Give a price such as 12.50; 0 is free.',
        })}
        id={ids.price}
        label={`Price in ${symbolOf(event.currency)}`}
        autoComplete="off"
        placeholder="0 is free"
        error={errors.price?.message}
      />
      {isNew && (
        <Field
          {...form.register('quantity', {
            validate: (text) => wholeNumber(text, 0) !== null || 'Say how many there are.',
          })}
          id={ids.quantity}
          label="How many"
          inputMode="numeric"
          autoComplete="off"
          error={errors.quantity?.message}
        />
      )}
    </div>
  );
}

export function TypeForm({ event, type, change, onSave, onCancel }: TypeFormProps) {
  const ids = idsOf(`type-${type?.id ?? 'new'}`);
  const form = useAppForm<TypeDraft>(ids, draftOf(type, event));
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={type === null ? 'New ticket type' : `Change ${type.name}`}
      onSubmit={form.send(onSave)}
    >
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {change.error !== null && <Trouble error={change.error} />}
      <MainFields form={form} ids={ids} event={event} isNew={type === null} />
      <TypeTerms form={form} ids={ids} />
      <TypeRules form={form} ids={ids} event={event} type={type} />
      <div className={styles.buttons}>
        <Button type="submit" busy={change.isPending ? 'Saving…' : null}>
          {type === null ? 'Add ticket type' : 'Save'}
        </Button>
        <Button look="text" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
