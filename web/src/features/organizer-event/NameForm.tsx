import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Tickets.module.css';
import type { Change } from './useChange';

interface NameFormProps {
  id: string;
  label: string;
  name: string;
  change: Change;
  onSave: (name: string) => void;
  onCancel: () => void;
}

/** A form of one name. */
export function NameForm({ id, label, name, change, onSave, onCancel }: NameFormProps) {
  const form = useAppForm<{ name: string }>({ name: id }, { name });
  return (
    <form
      className={styles.inline}
      noValidate
      onSubmit={form.send((draft) => {
        onSave(draft.name.trim());
      })}
    >
      <Field
        {...form.register('name', { validate: (text) => text.trim() !== '' || 'Give it a name.' })}
        id={id}
        label={label}
        autoComplete="off"
        maxLength={200}
        error={form.formState.errors.name?.message}
      />
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
