import type { ReactNode } from 'react';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import shared from '~/shared/organizer/Settings.module.css';
import { Ends, IDS, Often, On, Times, type SeriesDraft } from './RepeatFields';

interface RepeatFormProps {
  startsAt: string;
  endsAt: string;
  isSaving: boolean;
  isPreviewing: boolean;
  onPreview: (draft: SeriesDraft) => void;
  onSave: (draft: SeriesDraft) => void;
  onCancel: () => void;
  /** What was previewed is no longer what would be made. */
  onEdit: () => void;
  children: ReactNode;
}

/** How the event repeats, with the dates that makes before anything is made. */
export function RepeatForm(props: RepeatFormProps) {
  const { startsAt, endsAt, isSaving, isPreviewing, onPreview, onSave, onCancel, onEdit } = props;
  const form = useAppForm<SeriesDraft>(IDS, {
    startsAt,
    endsAt,
    frequency: 'WEEKLY',
    interval: '1',
    days: [],
    monthly: 'day',
    ends: 'count',
    count: '10',
    until: '',
    excepted: '',
  });
  return (
    <form
      className={shared.form}
      noValidate
      onSubmit={form.send(onSave)}
      onChange={() => {
        onEdit();
      }}
    >
      <Times form={form} />
      <Often form={form} />
      <On form={form} />
      <Ends form={form} />
      <Field
        {...form.register('excepted', {
          validate: (text) =>
            text.split(/[\s,;]+/).every((day) => day === '' || /^\d{4}-\d{2}-\d{2}$/.test(day)) ||
            'Write days like 2027-12-24.',
        })}
        id={IDS.excepted}
        label="Not on these days"
        optional
        hint="Like 2027-12-24, 2027-12-31"
        error={form.formState.errors.excepted?.message}
      />
      {props.children}
      <div className={shared.buttons}>
        <Button type="submit" busy={isSaving ? 'Setting up…' : null}>
          Set up these dates
        </Button>
        <Button look="line" busy={isPreviewing ? 'Counting…' : null} onClick={form.send(onPreview)}>
          Show the dates first
        </Button>
        <Button look="text" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
