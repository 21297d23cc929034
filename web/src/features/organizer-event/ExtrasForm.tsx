import { useId } from 'react';
import { useFieldArray, useForm, type UseFormReturn } from 'react-hook-form';
import type { ManagedEvent, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, symbolOf, wholeNumber } from '~/shared/organizer/prices';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { AddOnGroup } from './AddOnGroup';
import { draftOf, itemsOf, newContent, newGroup, place, type ExtrasDraft } from './extras';
import styles from './Tickets.module.css';
import type { Change } from './useChange';

interface ExtrasFormProps {
  event: ManagedEvent;
  type: TicketTypeView;
  change: Change;
  onSave: (draft: ExtrasDraft) => void;
  onCancel: () => void;
}

interface PartsProps extends Pick<ExtrasFormProps, 'event' | 'type'> {
  form: UseFormReturn<ExtrasDraft>;
  /** Begins the ids of the fields. */
  id: string;
}

function Groups({ form, event, type, id }: PartsProps) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'groups' });
  return (
    <div className={styles.part}>
      <h4>Add-ons</h4>
      <p className={styles.typeTerms}>Buyers choose from each group, for each ticket.</p>
      {fields.map((field, index) => (
        <AddOnGroup
          key={field.id}
          form={form}
          event={event}
          type={type}
          id={`${id}-group-${field.id}`}
          index={index}
          onRemove={() => {
            remove(index);
          }}
        />
      ))}
      <button
        type="button"
        className={styles.quiet}
        onClick={() => {
          append(newGroup(event, type));
        }}
      >
        Add a group
      </button>
    </div>
  );
}

interface ContentProps extends PartsProps {
  index: number;
  onRemove: () => void;
}

function Content({ form, event, type, id, index, onRemove }: ContentProps) {
  const errors = form.formState.errors.contents?.[index];
  return (
    <li className={styles.extra}>
      <div className={styles.row}>
        <SelectField
          {...form.register(`contents.${place(index)}.what`)}
          id={`${id}-what`}
          label="What"
        >
          {itemsOf(event, type).map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </SelectField>
        <Field
          {...form.register(`contents.${place(index)}.units`, {
            validate: (text) => wholeNumber(text, 1) !== null || 'Give a whole number.',
          })}
          id={`${id}-units`}
          label="How many"
          inputMode="numeric"
          autoComplete="off"
          error={errors?.units?.message}
        />
        <Field
          {...form.register(`contents.${place(index)}.price`, {
            validate: (text) =>
              minorUnits(text, event.currency) !== null || 'Give a price such as 12.50.',
          })}
          id={`${id}-price`}
          label={`Price of one in ${symbolOf(event.currency)}`}
          autoComplete="off"
          error={errors?.price?.message}
        />
      </div>
      <button type="button" className={styles.quiet} onClick={onRemove}>
        Take out<span className="vh"> what stands in line {index + 1}</span>
      </button>
    </li>
  );
}

function Contents(props: PartsProps) {
  const { form, event, type, id } = props;
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'contents' });
  return (
    <div className={styles.part}>
      <h4>Bundle</h4>
      <p className={styles.typeTerms}>
        Comes with each ticket at this price, added to the ticket’s own.
      </p>
      <ul className={styles.extras}>
        {fields.map((field, index) => (
          <Content
            key={field.id}
            {...props}
            id={`${id}-content-${field.id}`}
            index={index}
            onRemove={() => {
              remove(index);
            }}
          />
        ))}
      </ul>
      <button
        type="button"
        className={styles.quiet}
        onClick={() => {
          append(newContent(event, type));
        }}
      >
        Put something in
      </button>
    </div>
  );
}

/** What can be had with a ticket type, and what always comes with it. */
export function ExtrasForm({ event, type, change, onSave, onCancel }: ExtrasFormProps) {
  const id = useId();
  const form = useForm<ExtrasDraft>({ defaultValues: draftOf(event, type) });
  const parts = { form, event, type, id };
  return (
    <form
      className={styles.inline}
      noValidate
      aria-label={`What comes with ${type.name}`}
      onSubmit={(submit) => void form.handleSubmit(onSave)(submit)}
    >
      <Groups {...parts} />
      <Contents {...parts} />
      {change.error !== null && <Trouble error={change.error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={change.isPending ? 'Saving…' : null}>
          Save
        </Button>
        <Button look="text" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
