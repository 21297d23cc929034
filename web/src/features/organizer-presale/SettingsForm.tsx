import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setPresale } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, PresaleSettingsView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { placePointers } from '~/shared/organizer/pointers';
import { wholeNumber } from '~/shared/organizer/prices';
import { eventQuery } from '~/shared/organizer/queries';
import shared from '~/shared/organizer/Settings.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { instantOf } from '~/shared/organizer/wallClock';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { Ticks } from '~/shared/ui/forms/Ticks';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { bodyOf, draftOf, IDS, POINTERS, typesOf, type Draft, type Form } from './draft';
import { LENGTHS } from './words';

function useSetting(event: ManagedEvent, form: Form, onDone: () => void) {
  const { slug } = useArea();
  const key = useOnceKey();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) => setPresale(slug, event.id, bodyOf(event, draft), key.headers()),
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onError: (error) => {
      placePointers(error, POINTERS, form.setError);
    },
    onSuccess: (changed) => {
      queryClient.setQueryData(eventQuery(slug, event.id).queryKey, changed);
      onDone();
    },
  });
}

function Times({ form, timezone }: { form: Form; timezone: string }) {
  const { errors } = form.formState;
  const validate = (clock: string) =>
    instantOf(clock, timezone) !== null || 'Give a date and time.';
  return (
    <div className={shared.halves}>
      <Field
        {...form.register('opens', { validate })}
        id={IDS.opens}
        label="Registration opens"
        hint={`Clock time in ${timezone}.`}
        type="datetime-local"
        error={errors.opens?.message}
      />
      <Field
        {...form.register('closes', { validate })}
        id={IDS.closes}
        label="Registration closes"
        hint="Then early access is given."
        type="datetime-local"
        error={errors.closes?.message}
      />
      <Field
        {...form.register('window', { validate })}
        id={IDS.window}
        label="Early access begins"
        hint="Before the sale to everybody does."
        type="datetime-local"
        error={errors.window?.message}
      />
      <SelectField
        {...form.register('minutes')}
        id={IDS.minutes}
        label="It lasts"
        error={errors.minutes?.message}
      >
        {!LENGTHS.some(([minutes]) => String(minutes) === form.getValues('minutes')) && (
          <option value={form.getValues('minutes')}>{form.getValues('minutes')} minutes</option>
        )}
        {LENGTHS.map(([minutes, text]) => (
          <option key={minutes} value={minutes}>
            {text}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function Numbers({ form }: { form: Form }) {
  const { errors } = form.formState;
  return (
    <div className={shared.halves}>
      <Field
        {...form.register('most', {
          validate: (text) => {
            const most = wholeNumber(text, 1);
            return (most !== null && most <= 100) || 'From 1 to 100.';
          },
        })}
        id={IDS.most}
        label="Tickets for each person, at most"
        inputMode="numeric"
        error={errors.most?.message}
      />
      <Field
        {...form.register('total', {
          validate: (text) =>
            text.trim() === '' ||
            wholeNumber(text, 1) !== null ||
            'Give a number, or leave it empty.',
        })}
        id={IDS.total}
        label="Tickets altogether, at most"
        hint="Empty: everybody gets early access."
        optional
        inputMode="numeric"
        error={errors.total?.message}
      />
      <SelectField {...form.register('mode')} id={IDS.mode} label="Who gets it, if not all can">
        <option value="draw">drawn by lot</option>
        <option value="first_come">whoever registered first</option>
      </SelectField>
    </div>
  );
}

interface SettingsFormProps {
  event: ManagedEvent;
  presale: PresaleSettingsView | null;
  close: () => void;
}

/** How early access is given. */
export function SettingsForm({ event, presale, close }: SettingsFormProps) {
  const form = useAppForm<Draft>(IDS, draftOf(event, presale));
  const setting = useSetting(event, form, close);
  const types = typesOf(event);
  return (
    <form
      className={shared.form}
      noValidate
      aria-label="Early access"
      onSubmit={form.send((draft) => {
        if (!setting.isPending) setting.mutate(draft);
      })}
    >
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {setting.isError && <Trouble error={setting.error} />}
      <Times form={form} timezone={event.timezone} />
      <Numbers form={form} />
      {types.length > 1 && (
        <Ticks
          legend="For these ticket types; without any for all"
          field={form.register('types')}
          id={IDS.types}
          options={types.map(({ id, name }) => ({ value: id, label: name }))}
          error={form.formState.errors.types?.message}
        />
      )}
      <div className={shared.buttons}>
        <Button type="submit" busy={setting.isPending ? 'Saving…' : null}>
          Save
        </Button>
        <Button look="text" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
