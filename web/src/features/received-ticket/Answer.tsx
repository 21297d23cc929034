import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { acceptTicket, declineTicket } from '~/shared/api/generated/boxoffice';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Field } from '~/shared/ui/forms/Field';
import { receivedQuery } from './queries';
import styles from './Received.module.css';

/** Take the ticket under one's own name, or leave it with who offers it. */
export function Answer({ token }: { token: string }) {
  const queryClient = useQueryClient();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name: '' } });
  const show = receivedQuery(token);
  const taking = useMutation({
    mutationFn: ({ name }: { name: string }) => acceptTicket(token, { name: name.trim() }),
    onSuccess: (view) => {
      queryClient.setQueryData(show.queryKey, view);
    },
    onError: () => queryClient.invalidateQueries(show),
  });
  const declining = useMutation({
    mutationFn: () => declineTicket(token),
    onSuccess: (view) => {
      queryClient.setQueryData(show.queryKey, view);
    },
    onError: () => queryClient.invalidateQueries(show),
  });
  const send = handleSubmit((values) => {
    taking.mutate(values);
  });
  const error = taking.error ?? declining.error;
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void send(event)}>
      <Field
        {...register('name', {
          validate: (text) => text.trim() !== '' || 'Write the name that the ticket shall bear.',
        })}
        label="Your name"
        hint="The ticket bears it from now on."
        autoComplete="name"
        maxLength={200}
        error={formState.errors.name?.message}
      />
      {error !== null && <ErrorPanel error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={taking.isPending ? 'Taking it…' : null}>
          Take the ticket
        </Button>
        <Button
          look="line"
          busy={declining.isPending ? 'Declining…' : null}
          onClick={() => {
            declining.mutate();
          }}
        >
          No, thank you
        </Button>
      </div>
    </form>
  );
}
