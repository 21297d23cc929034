import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { correctBuyer, nameAttendee } from '~/shared/api/generated/boxoffice';
import type { OrderView, TicketView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { fullName } from '~/shared/orders/names';
import { orderQuery } from '~/shared/orders/queries';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Changes.module.css';

const isWritten = (text: string) => text.trim() !== '' || 'Write a name.';

/** A line with what stands there and, once its button is pressed, the form to change it. */
function Editable({ line, label, form }: EditableProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <li>
      <span>{line}</span>
      {isOpen ? (
        form(close)
      ) : (
        <Button
          look="line"
          onClick={() => {
            setOpen(true);
          }}
        >
          Change<span className="vh">: {label}</span>
        </Button>
      )}
    </li>
  );
}

interface EditableProps {
  line: ReactNode;
  label: string;
  form: (close: () => void) => ReactNode;
}

function useSaving<V>(
  order: OrderView,
  save: (values: V) => Promise<OrderView>,
  close: () => void,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: (changed) => {
      queryClient.setQueryData(orderQuery(order.token).queryKey, changed);
      close();
    },
  });
}

function Buttons({ isSaving, close }: { isSaving: boolean; close: () => void }) {
  return (
    <div className={styles.buttons}>
      <Button type="submit" busy={isSaving ? 'Saving…' : null}>
        Save
      </Button>
      <Button look="line" onClick={close}>
        Leave it
      </Button>
    </div>
  );
}

interface FormProps {
  order: OrderView;
  close: () => void;
}

function AttendeeForm({ order, ticket, close }: FormProps & { ticket: TicketView }) {
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { name: ticket.attendee_name ?? '' },
  });
  const position = order.positions.find(({ number }) => number === ticket.number);
  const saving = useSaving(
    order,
    ({ name }: { name: string }) =>
      nameAttendee(
        order.organizer_slug,
        order.id,
        position?.id ?? '',
        { name },
        asHolder(order.token),
      ),
    close,
  );
  const send = handleSubmit((values) => {
    saving.mutate(values);
  });
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void send(event)}>
      <Field
        {...register('name', { validate: isWritten })}
        label={`Name on ticket ${String(ticket.number)}`}
        autoComplete="off"
        maxLength={200}
        error={formState.errors.name?.message}
      />
      {saving.error !== null && <ErrorPanel error={saving.error} />}
      <Buttons isSaving={saving.isPending} close={close} />
    </form>
  );
}

function ContactForm({ order, close }: FormProps) {
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { email: order.buyer?.email ?? '', name: order.buyer?.name ?? '' },
  });
  const saving = useSaving(
    order,
    (buyer: { email: string; name: string }) =>
      correctBuyer(order.organizer_slug, order.id, buyer, asHolder(order.token)),
    close,
  );
  const send = handleSubmit((values) => {
    saving.mutate(values);
  });
  const { errors } = formState;
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void send(event)}>
      <Field
        {...register('name', { validate: isWritten })}
        label="Your name"
        autoComplete="name"
        maxLength={200}
        error={errors.name?.message}
      />
      <Field
        {...register('email', {
          validate: (text) =>
            text.includes('@') || 'Write an e-mail address like name@example.org.',
        })}
        label="E-mail for this order"
        type="email"
        autoComplete="email"
        error={errors.email?.message}
      />
      {saving.error !== null && <ErrorPanel error={saving.error} />}
      <Buttons isSaving={saving.isPending} close={close} />
    </form>
  );
}

/** Whom the tickets name, and where the order's mail goes. */
export function Names({ order }: { order: OrderView }) {
  const own = order.tickets.filter(
    ({ given_on: isGivenOn, status }) => isGivenOn !== true && status === 'valid',
  );
  return (
    <div className={styles.part}>
      <h3>Correct a name</h3>
      <ul className={styles.list}>
        {order.buyer !== null && (
          <Editable
            line={
              <>
                Mail goes to <bdi>{order.buyer.name}</bdi>, <bdi>{order.buyer.email}</bdi>
              </>
            }
            label="where mail goes"
            form={(close) => <ContactForm order={order} close={close} />}
          />
        )}
        {own.map((ticket) => (
          <Editable
            key={ticket.id}
            line={
              <>
                Ticket {ticket.number}, {fullName(ticket, order.timezone)}:{' '}
                <bdi>{ticket.attendee_name ?? order.buyer?.name}</bdi>
              </>
            }
            label={`the name on ticket ${String(ticket.number)}`}
            form={(close) => <AttendeeForm order={order} ticket={ticket} close={close} />}
          />
        ))}
      </ul>
    </div>
  );
}
