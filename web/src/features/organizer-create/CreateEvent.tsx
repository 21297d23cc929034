import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { createEvent } from '~/shared/api/generated/boxoffice';
import type { CreateEventBody } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { placePointers } from '~/shared/organizer/pointers';
import { eventsKey } from '~/shared/organizer/queries';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { paths } from '~/shared/paths';
import { useTell } from '~/shared/state/notices';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './CreateEvent.module.css';
import { bodyOf, emptyDraft, IDS, POINTERS, type Draft } from './draft';
import { More } from './More';
import { Preview } from './Preview';
import { TicketRow } from './TicketRow';
import { What } from './What';
import { Where } from './Where';

function useCreating(onRefused: (error: unknown) => void) {
  const { slug } = useArea();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const tell = useTell();
  const key = useOnceKey();
  return useMutation({
    mutationFn: (body: CreateEventBody) => createEvent(slug, body, key.headers()),
    onSuccess: (event) => {
      key.settle();
      void queryClient.invalidateQueries({ queryKey: eventsKey(slug) });
      tell('good', `“${event.title}” is a draft. Nobody else sees it until you publish it.`);
      void navigate(paths.managedEvent(slug, event.id));
    },
    onError: (error) => {
      key.settle(error);
      onRefused(error);
    },
  });
}

/** An event on one screen: six things to say, everything else can come later. */
export function CreateEvent() {
  const { slug } = useArea();
  const form = useAppForm<Draft>(IDS, emptyDraft(navigator.language));
  const creating = useCreating((error) => {
    placePointers(error, POINTERS, form.setError);
  });
  const draft = useWatch({ control: form.control }) as Draft;
  const submit = form.send((typed) => {
    if (!creating.isPending) creating.mutate(bodyOf(typed));
  });
  return (
    <Page title="Create event" back={{ to: paths.organizerArea(slug), label: 'Events' }}>
      <div className={styles.screen}>
        <form className={styles.form} noValidate aria-label="New event" onSubmit={submit}>
          <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
          {creating.isError && <Trouble error={creating.error} />}
          <What form={form} />
          <Where form={form} format={draft.format} />
          <TicketRow form={form} currency={draft.currency} />
          <More form={form} />
          <div className={styles.foot}>
            <Button type="submit" busy={creating.isPending ? 'Creating…' : null}>
              Create draft
            </Button>
            <ButtonLink look="text" to={paths.organizerArea(slug)}>
              Cancel
            </ButtonLink>
          </div>
        </form>
        <Preview draft={draft} />
      </div>
    </Page>
  );
}
