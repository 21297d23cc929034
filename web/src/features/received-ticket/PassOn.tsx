import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { offerReceivedTicket, withdrawReceivedTicketOffer } from '~/shared/api/generated/boxoffice';
import type { ReceivedTicketView } from '~/shared/api/generated/boxoffice.schemas';
import { Button } from '~/shared/ui/Button';
import { Opener } from '~/shared/ui/Opener';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Field } from '~/shared/ui/forms/Field';
import { receivedQuery } from './queries';
import styles from './Received.module.css';

function useShowing(token: string) {
  const queryClient = useQueryClient();
  return (view: ReceivedTicketView) => {
    queryClient.setQueryData(receivedQuery(token).queryKey, view);
  };
}

function Standing({ token, email }: { token: string; email: string }) {
  const withdrawing = useMutation({
    mutationFn: () => withdrawReceivedTicketOffer(token),
    onSuccess: useShowing(token),
  });
  return (
    <div className={styles.form}>
      <p>
        You offered this ticket to <bdi>{email}</bdi>. It stays yours until they take it.
      </p>
      {withdrawing.error !== null && <ErrorPanel error={withdrawing.error} />}
      <div>
        <Button
          look="line"
          busy={withdrawing.isPending ? 'Taking back…' : null}
          onClick={() => {
            withdrawing.mutate();
          }}
        >
          Take the offer back
        </Button>
      </div>
    </div>
  );
}

function Offering({ token }: { token: string }) {
  const { register, handleSubmit, formState } = useForm({ defaultValues: { email: '' } });
  const offering = useMutation({
    mutationFn: ({ email }: { email: string }) => offerReceivedTicket(token, { email }),
    onSuccess: useShowing(token),
  });
  const send = handleSubmit((values) => {
    offering.mutate(values);
  });
  return (
    <Opener label="Give it to somebody else">
      {() => (
        <form className={styles.form} noValidate onSubmit={(event) => void send(event)}>
          <Field
            {...register('email', {
              validate: (text) =>
                text.includes('@') || 'Write an e-mail address like name@example.org.',
            })}
            label="Their e-mail address"
            hint="They get a link and take the ticket with it. Until then it stays yours."
            type="email"
            autoComplete="off"
            error={formState.errors.email?.message}
          />
          {offering.error !== null && <ErrorPanel error={offering.error} />}
          <div>
            <Button type="submit" busy={offering.isPending ? 'Sending…' : null}>
              Send the offer
            </Button>
          </div>
        </form>
      )}
    </Opener>
  );
}

/** Who was given a ticket can give it on in turn. */
export function PassOn({ token, view }: { token: string; view: ReceivedTicketView }) {
  const { offer } = view;
  if (offer?.status === 'offered') return <Standing token={token} email={offer.to_email} />;
  return <Offering token={token} />;
}
