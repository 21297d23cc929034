import { useWatch, type UseFormReturn } from 'react-hook-form';
import { changeQuestion, createQuestion } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, Question } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import {
  answersTo,
  bodyOf,
  draftOf,
  EMPTY,
  hasBounds,
  hasOptions,
  IDS,
  isClosed,
  KINDS,
  type Draft,
  type Kind,
} from './draft';
import styles from '~/shared/organizer/Settings.module.css';
import { useChanging } from './useChanging';

type Form = Pick<UseFormReturn<Draft>, 'register' | 'control' | 'formState'>;

interface FormProps {
  event: ManagedEvent;
  /** The question being changed; none for a new one. */
  question: Question | null;
  close: () => void;
}

function What({ form }: { form: Form }) {
  const kind = useWatch({ control: form.control, name: 'kind' });
  const { errors } = form.formState;
  return (
    <>
      <Field
        {...form.register('label', { validate: (text) => text.trim() !== '' || 'Ask something.' })}
        id={IDS.label}
        label="Question"
        maxLength={500}
        error={errors.label?.message}
      />
      <SelectField {...form.register('kind')} id={IDS.kind} label="Kind of answer">
        {(Object.keys(KINDS) as Kind[]).map((one) => (
          <option key={one} value={one}>
            {KINDS[one]}
          </option>
        ))}
      </SelectField>
      {hasOptions(kind) && (
        <Field
          {...form.register('options', {
            validate: (text) => text.trim() !== '' || 'Give at least one option.',
          })}
          id={IDS.options}
          label="Options"
          hint="One on each line."
          rows={3}
          error={errors.options?.message}
        />
      )}
      {hasBounds(kind) && (
        <>
          <Field
            {...form.register('minimum')}
            id={IDS.minimum}
            label="At least"
            optional
            inputMode="numeric"
          />
          <Field
            {...form.register('maximum')}
            id={IDS.maximum}
            label="At most"
            optional
            inputMode="numeric"
          />
        </>
      )}
      <Field {...form.register('help')} id={IDS.help} label="Explanation" optional rows={2} />
    </>
  );
}

function Whom({ form, event, question }: { form: Form } & Omit<FormProps, 'close'>) {
  const dependsOn = useWatch({ control: form.control, name: 'dependsOn' });
  const others = (event.questions ?? []).filter((one) => isClosed(one) && one.id !== question?.id);
  const ids = question?.ticket_type_ids ?? [];
  const several = ids.length > 1 ? ids.join() : undefined;
  const before = others.find(({ id }) => id === dependsOn);
  return (
    <>
      <SelectField {...form.register('when')} id={IDS.when} label="Asked">
        <option value="order">once per order</option>
        <option value="ticket">for each ticket</option>
        <option value="door">for each ticket, at the door</option>
      </SelectField>
      <SelectField {...form.register('type')} id={IDS.type} label="For">
        <option value="">all ticket types</option>
        {several !== undefined && <option value={several}>several ticket types</option>}
        {event.ticket_types.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField {...form.register('required')} id={IDS.required} label="Must be answered">
        <option value="no">No</option>
        <option value="yes">Yes</option>
      </SelectField>
      {others.length > 0 && (
        <SelectField {...form.register('dependsOn')} id={IDS.dependsOn} label="Only if">
          <option value="">always asked</option>
          {others.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
      {before !== undefined && (
        <SelectField {...form.register('answer')} id={IDS.answer} label="is answered with">
          {answersTo(before).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}

/** A new question, or one that is changed. */
export function QuestionForm({ event, question, close }: FormProps) {
  const { slug } = useArea();
  const form = useAppForm<Draft>(IDS, question === null ? EMPTY : draftOf(question));
  const key = useOnceKey();
  const changing = useChanging(event.id, close);
  const submit = form.send((draft) => {
    const body = bodyOf(draft, event);
    if (changing.isPending) return;
    changing.mutate(
      () =>
        question === null
          ? createQuestion(slug, event.id, body, key.headers())
          : changeQuestion(slug, event.id, question.id, body),
      {
        onSettled: (_, error) => {
          key.settle(error ?? undefined);
        },
      },
    );
  });
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={question === null ? 'New question' : `Change “${question.label}”`}
      onSubmit={submit}
    >
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {changing.isError && <Trouble error={changing.error} />}
      <div className={styles.halves}>
        <What form={form} />
        <Whom form={form} event={event} question={question} />
      </div>
      <div className={styles.buttons}>
        <Button type="submit" busy={changing.isPending ? 'Saving…' : null}>
          {question === null ? 'Add question' : 'Save'}
        </Button>
        <Button look="text" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
