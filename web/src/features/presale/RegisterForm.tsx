import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { registerForPresale } from '~/shared/api/generated/boxoffice';
import type { EventPage, PresaleView } from '~/shared/api/generated/boxoffice.schemas';
import { once } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { isUncertain } from '~/shared/api/problems';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { FormPage } from '~/shared/ui/forms/FormPage';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { EMAIL_RULES, NAME_RULES, WhoFields } from '~/shared/ui/forms/WhoFields';
import { Facts } from '~/shared/ui/Facts';
import { Panel } from '~/shared/ui/Panel';
import { closingText, typesText, windowText, howText } from './words';

interface Draft {
  quantity: string;
  name: string;
  email: string;
}

const IDS = { quantity: 'early-quantity', name: 'early-name', email: 'early-email' } as const;

function useRegistering(event: EventPage) {
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: ({ quantity, name, email }: Draft) => {
      key.current ??= newKey();
      const body = {
        event_id: event.id,
        quantity: Number(quantity),
        name: name.trim(),
        email: email.trim(),
      };
      return registerForPresale(event.organizer.slug, body, once(key.current));
    },
    onSettled: (_, error) => {
      if (!isUncertain(error)) key.current = null;
    },
  });
}

function Registered({ event, message }: { event: EventPage; message: string }) {
  return (
    <FormPage title="Look into your mail" lede={event.title}>
      <Panel tone="good" role="status" icon="mail">
        <p>{message}</p>
      </Panel>
      <p className="muted">Without your confirmation the registration does not count.</p>
      <div className="chips">
        <ButtonLink look="line" to={paths.event(event.organizer.slug, event.slug)}>
          Back to the event
        </ButtonLink>
      </div>
    </FormPage>
  );
}

/** The form, and what it says once it was sent. */
export function RegisterForm({ event, presale }: { event: EventPage; presale: PresaleView }) {
  const form = useAppForm<Draft>(IDS, { quantity: '1', name: '', email: '' });
  const registering = useRegistering(event);
  if (registering.isSuccess) {
    return <Registered event={event} message={registering.data.message} />;
  }
  const { errors } = form.formState;
  return (
    <FormPage title="Register for early access" lede={event.title}>
      <Facts
        facts={[
          ['Register', `until ${closingText(presale, event.timezone)}`],
          ['Early access', windowText(presale, event.timezone)],
          ['Who gets it', howText(presale)],
          ['Tickets', typesText(event, presale)],
        ]}
      />
      <form
        noValidate
        onSubmit={form.send((draft) => {
          if (!registering.isPending) registering.mutate(draft);
        })}
      >
        <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
        <SelectField {...form.register('quantity')} id={IDS.quantity} label="How many tickets">
          {Array.from({ length: presale.max_tickets }, (_, index) => (
            <option key={index} value={index + 1}>
              {index + 1}
            </option>
          ))}
        </SelectField>
        <WhoFields
          name={{
            field: form.register('name', NAME_RULES),
            id: IDS.name,
            error: errors.name?.message,
          }}
          email={{
            field: form.register('email', EMAIL_RULES),
            id: IDS.email,
            error: errors.email?.message,
          }}
          hint="We write to it whether you get early access."
        />
        {registering.isError && <ErrorPanel error={registering.error} />}
        <Button type="submit" wide busy={registering.isPending ? 'Registering…' : null}>
          Register
        </Button>
        <p className="small">
          Free of charge, one registration for each address. You can withdraw at any time.
        </p>
      </form>
    </FormPage>
  );
}
