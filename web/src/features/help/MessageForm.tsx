import { useForm } from 'react-hook-form';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Help.module.css';
import type { Sending } from './useAsking';

interface MessageFormProps {
  label: string;
  hint?: string;
  submit: string;
  sending: Sending;
}

export function MessageForm({ label, hint, submit, sending }: MessageFormProps) {
  const { register, handleSubmit, reset, formState } = useForm<{ message: string }>();
  const send = handleSubmit(({ message }) =>
    sending.send(message.trim()).then(
      () => {
        reset();
      },
      () => undefined,
    ),
  );
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void send(event)}>
      <Field
        {...register('message', {
          required: 'Write a few words first.',
          validate: (text) => text.trim() !== '' || 'Write a few words first.',
        })}
        label={label}
        {...(hint !== undefined && { hint })}
        rows={3}
        maxLength={5000}
        error={formState.errors.message?.message}
      />
      {sending.error !== null && <ErrorPanel error={sending.error} />}
      <div>
        <Button type="submit" busy={sending.isPending ? 'Sending…' : null}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
