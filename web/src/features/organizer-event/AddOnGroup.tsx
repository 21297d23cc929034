import type { FieldError, UseFormReturn } from 'react-hook-form';
import type { ManagedEvent, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, priceInput, symbolOf, wholeNumber } from '~/shared/organizer/prices';
import { Field } from '~/shared/ui/forms/Field';
import { others, place, type ExtrasDraft, type GroupDraft } from './extras';
import styles from './Tickets.module.css';

interface AddOnGroupProps {
  form: UseFormReturn<ExtrasDraft>;
  event: ManagedEvent;
  type: TicketTypeView;
  id: string;
  index: number;
  onRemove: () => void;
}

const numberOf = (text: string) => wholeNumber(text, 0) ?? Number.NaN;

const LIMITS: Record<'minimum' | 'maximum' | 'included', (group: GroupDraft) => true | string> = {
  minimum: ({ minimum }) => !Number.isNaN(numberOf(minimum)) || 'Give a whole number.',
  maximum: ({ minimum, maximum }) =>
    numberOf(maximum) >= Math.max(1, numberOf(minimum)) || 'At least 1, and not below the least.',
  included: ({ maximum, included }) =>
    numberOf(included) <= numberOf(maximum) || 'Not more than the most.',
};

function Limits({ form, id, index }: AddOnGroupProps) {
  const errors = form.formState.errors.groups?.[index];
  const field = (name: keyof typeof LIMITS, label: string) => (
    <Field
      {...form.register(`groups.${place(index)}.${name}`, {
        validate: (_, { groups }) => {
          const group = groups[index];
          return group === undefined || LIMITS[name](group);
        },
      })}
      id={`${id}-${name}`}
      label={label}
      inputMode="numeric"
      autoComplete="off"
      error={errors?.[name]?.message}
    />
  );
  return (
    <div className={styles.thirds}>
      {field('minimum', 'At least')}
      {field('maximum', 'At most')}
      {field('included', 'Included')}
    </div>
  );
}

const isAnyChosen = (group: GroupDraft | undefined) =>
  Object.values(group?.parts ?? {}).some(({ has }) => has);

function Part({ form, event, index, id, one }: AddOnGroupProps & { one: TicketTypeView }) {
  const name = `groups.${place(index)}.parts.${one.id}` as const;
  const errors = form.formState.errors.groups?.[index]?.parts?.[one.id];
  return (
    <li className={styles.addOn}>
      <label className={styles.tick}>
        <input
          type="checkbox"
          {...form.register(`${name}.has`, {
            validate: (_, { groups }) => isAnyChosen(groups[index]) || 'Choose at least one.',
          })}
        />
        {one.name}
      </label>
      {form.watch(`${name}.has`) && (
        <Field
          {...form.register(`${name}.price`, {
            validate: (text) =>
              text.trim() === '' ||
              minorUnits(text, event.currency) !== null ||
              'Give a price such as 12.50.',
          })}
          id={`${id}-${one.id}-price`}
          label={`Price in ${symbolOf(event.currency)}`}
          optional
          autoComplete="off"
          placeholder={priceInput(one.price.amount, one.price.currency)}
          error={errors?.price?.message}
        />
      )}
    </li>
  );
}

/** Why no add-on of the group will do. */
function noneChosen(form: UseFormReturn<ExtrasDraft>, index: number): string | undefined {
  const parts = form.formState.errors.groups?.[index]?.parts ?? {};
  return Object.values(parts as Record<string, { has?: FieldError }>).find(({ has }) => has)?.has
    ?.message;
}

/** A group of add-ons as its organizer sets it. */
export function AddOnGroup(props: AddOnGroupProps) {
  const { form, event, type, id, index, onRemove } = props;
  const mistake = noneChosen(form, index);
  return (
    <fieldset className={styles.extra}>
      <legend className="vh">Group {index + 1}</legend>
      <Field
        {...form.register(`groups.${place(index)}.name`, {
          validate: (name) => name.trim() !== '' || 'Name the group.',
        })}
        id={`${id}-name`}
        label="Name of the group"
        autoComplete="off"
        maxLength={200}
        placeholder="Meals"
        error={form.formState.errors.groups?.[index]?.name?.message}
      />
      <Limits {...props} />
      <ul className={styles.extras} aria-label="Add-ons of the group">
        {others(event, type).map((one) => (
          <Part key={one.id} {...props} one={one} />
        ))}
      </ul>
      {mistake !== undefined && <p className="offer-hint">{mistake}</p>}
      <button type="button" className={styles.quiet} onClick={onRemove}>
        Remove the group<span className="vh"> {index + 1}</span>
      </button>
    </fieldset>
  );
}
