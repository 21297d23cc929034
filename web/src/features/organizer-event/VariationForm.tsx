import type { UseFormReturn } from 'react-hook-form';
import type { ManagedEvent, VariationView } from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, symbolOf, wholeNumber } from '~/shared/organizer/prices';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Tickets.module.css';
import type { Change } from './useChange';
import { draftOf, type VariationDraft } from './variation';

interface VariationFormProps {
  event: ManagedEvent;
  /** The id of the form: of the variation, or of the type that gets a new one. */
  id: string;
  variation: VariationView | null;
  change: Change;
  onSave: (draft: VariationDraft) => void;
  onCancel: () => void;
}

const isBlankOr = (text: string, isRight: boolean) => text.trim() === '' || isRight;

interface FieldsProps {
  form: UseFormReturn<VariationDraft>;
  ids: Record<keyof VariationDraft, string>;
  event: ManagedEvent;
  isNew: boolean;
}

function Fields({ form, ids, event, isNew }: FieldsProps) {
  const { errors } = form.formState;
  return (
    <div className={styles.row}>
      <Field
        {...form.register('name', {
          validate: (name) => name.trim() !== '' || 'Name the variation.',
        })}
        id={ids.name}
        label="Name"
        autoComplete="off"
        maxLength={200}
        placeholder="Under 18"
        error={errors.name?.message}
      />
      <Field
        {...form.register('price', {
          validate: (text) =>
            isBlankOr(text, minorUnits(text, event.currency) !== null) ||
            'Give a price such as 12.50.',
        })}
        id={ids.price}
        label={`Price in ${symbolOf(event.currency)}`}
        optional
        autoComplete="off"
        placeholder="As the type"
        error={errors.price?.message}
      />
      {isNew && (
        <Field
          {...form.register('quantity', {
            validate: (text) =>
              isBlankOr(text, wholeNumber(text, 0) !== null) || 'Give a whole number.',
          })}
          id={ids.quantity}
          label="How many"
          optional
          inputMode="numeric"
          autoComplete="off"
          placeholder="As the type"
          error={errors.quantity?.message}
        />
      )}
    </div>
  );
}

export function VariationForm(props: VariationFormProps) {
  const { event, id, variation, change, onSave, onCancel } = props;
  const ids = { name: `${id}-name`, price: `${id}-price`, quantity: `${id}-quantity` };
  const form = useAppForm<VariationDraft>(ids, draftOf(variation));
  return (
    <form
      className={styles.inline}
      noValidate
      aria-label={variation === null ? 'New variation' : `Change ${variation.name}`}
      onSubmit={form.send(onSave)}
    >
      <Fields form={form} ids={ids} event={event} isNew={variation === null} />
      {change.error !== null && <Trouble error={change.error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={change.isPending ? 'Saving…' : null}>
          {variation === null ? 'Add variation' : 'Save'}
        </Button>
        <Button look="text" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
