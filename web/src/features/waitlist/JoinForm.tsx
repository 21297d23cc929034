import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { joinWaitlist } from '~/shared/api/generated/boxoffice';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { once } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { hasCode, isUncertain } from '~/shared/api/problems';
import { cardDateText } from '~/shared/format/dates';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { FormPage } from '~/shared/ui/forms/FormPage';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { Panel } from '~/shared/ui/Panel';
import { IDS, type Draft } from './draft';
import { idsOf, needsOf, wishedOf } from './needs';
import { What, Who } from './JoinFields';

function useJoining(event: EventPage) {
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: (draft: Draft) => {
      key.current ??= newKey();
      const body = {
        event_id: event.id,
        occurrence_id: draft.date,
        email: draft.email.trim(),
        name: draft.name.trim(),
        quantity: Number(draft.quantity),
        ticket_type_ids: draft.types,
        add_on_ids: wishedOf(event, draft),
      };
      return joinWaitlist(event.organizer.slug, body, once(key.current));
    },
    onSettled: (_, error) => {
      if (!isUncertain(error)) key.current = null;
    },
  });
}

function Joined({ event, message }: { event: EventPage; message: string }) {
  return (
    <FormPage title="You are on the list" lede={event.title}>
      <Panel tone="good" role="status" icon="mail">
        <p>{message}</p>
      </Panel>
      <p className="muted">
        As soon as it is your turn we keep your tickets for you and write again. Nothing is charged
        until you take them.
      </p>
      <div className="chips">
        <ButtonLink look="line" to={paths.event(event.organizer.slug, event.slug)}>
          Back to the event
        </ButtonLink>
      </div>
    </FormPage>
  );
}

function Refusal({ error, event }: { error: unknown; event: EventPage }) {
  if (!hasCode(error, 'tickets_available')) return <ErrorPanel error={error} />;
  return (
    <Panel tone="good" role="alert" title="There are tickets right now">
      <p>You need not wait: get them while they are there.</p>
      <ButtonLink to={paths.event(event.organizer.slug, event.slug)}>Get tickets</ButtonLink>
    </Panel>
  );
}

/** The form, and what it says once it was sent. */
export function JoinForm({ event }: { event: EventPage }) {
  const [search] = useSearchParams();
  const asked = event.occurrences.find(({ id }) => id === search.get('occurrence'));
  const date = asked ?? event.occurrences[0];
  const form = useAppForm<Draft>(IDS, {
    date: date?.id ?? '',
    quantity: '1',
    types: event.offers.map(({ ticket_type_id: id }) => id),
    addOns: needsOf(event.offers).flatMap(idsOf),
    name: '',
    email: '',
  });
  const joining = useJoining(event);
  if (joining.isSuccess) return <Joined event={event} message={joining.data.message} />;
  const when = date && cardDateText(date.starts_at, date.ends_at, event.timezone);
  return (
    <FormPage title="Join the waiting list" lede={[event.title, when].filter(Boolean).join(' · ')}>
      <form
        noValidate
        onSubmit={form.send((draft) => {
          if (!joining.isPending) joining.mutate(draft);
        })}
      >
        <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
        <What form={form} event={event} />
        <Who form={form} />
        {joining.isError && <Refusal error={joining.error} event={event} />}
        <Button type="submit" wide busy={joining.isPending ? 'Joining…' : null}>
          Join the waiting list
        </Button>
        <p className="small">Free of charge. You can leave the list at any time.</p>
      </form>
    </FormPage>
  );
}
