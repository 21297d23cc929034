import { useForm } from 'react-hook-form';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Changes.module.css';

export interface Offer {
  email: string;
  message: string;
}

interface OfferFormProps {
  isSending: boolean;
  error: unknown;
  onSend: (offer: Offer) => void;
  onClose: () => void;
}

/** To whom a ticket goes, and a few words for the mail. */
export function OfferForm({ isSending, error, onSend, onClose }: OfferFormProps) {
  const { register, handleSubmit, formState } = useForm<Offer>({
    defaultValues: { email: '', message: '' },
  });
  const send = handleSubmit(onSend);
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void send(event)}>
      <Field
        {...register('email', {
          validate: (text) =>
            text.includes('@') || 'Write an e-mail address like name@example.org.',
        })}
        label="Whose is it from now on? Their e-mail address"
        hint="They get a link and take the ticket with it. Until then it stays yours."
        type="email"
        autoComplete="off"
        error={formState.errors.email?.message}
      />
      <Field
        {...register('message')}
        label="A few words to them"
        optional
        rows={2}
        maxLength={500}
      />
      {error !== null && <ErrorPanel error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={isSending ? 'Sending…' : null}>
          Send the offer
        </Button>
        <Button look="line" onClick={onClose}>
          Keep the ticket
        </Button>
      </div>
    </form>
  );
}
