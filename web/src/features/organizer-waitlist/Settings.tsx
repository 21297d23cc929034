import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeWaitlist } from '~/shared/api/generated/boxoffice';
import type {
  ManagedEvent,
  WaitlistBody,
  WaitlistSettingsView,
} from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Status } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { eventQuery } from '~/shared/organizer/queries';
import { waitlistKey } from './queries';
import shared from '~/shared/organizer/Settings.module.css';
import styles from './Waitlist.module.css';
import { LENGTHS } from './words';

function useChanging(event: ManagedEvent) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: WaitlistBody) => changeWaitlist(slug, event.id, body),
    onSuccess: (changed) => {
      queryClient.setQueryData(eventQuery(slug, event.id).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: waitlistKey(slug, event.id) });
    },
  });
}

type Changing = ReturnType<typeof useChanging>;

function Rules({ settings, changing }: { settings: WaitlistSettingsView; changing: Changing }) {
  const known = LENGTHS.some(([minutes]) => minutes === settings.offer_minutes);
  return (
    <div className={shared.halves}>
      <SelectField
        label="Who is asked first"
        value={settings.mode}
        onChange={({ target }) => {
          changing.mutate({ mode: target.value === 'lottery' ? 'lottery' : 'fifo' });
        }}
      >
        <option value="fifo">whoever joined first</option>
        <option value="lottery">drawn by lot</option>
      </SelectField>
      <SelectField
        label="How long an offer lasts"
        value={settings.offer_minutes}
        onChange={({ target }) => {
          changing.mutate({ offer_minutes: Number(target.value) });
        }}
      >
        {!known && <option value={settings.offer_minutes}>{settings.offer_minutes} minutes</option>}
        {LENGTHS.map(([minutes, text]) => (
          <option key={minutes} value={minutes}>
            {text}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function State({ isOpen }: { isOpen: boolean }) {
  return (
    <p className={shared.state}>
      <Status tone={isOpen ? 'good' : 'plain'}>{isOpen ? 'Open' : 'Closed'}</Status>
      <span>
        {isOpen
          ? 'Buyers join on the event’s page once something is sold out. What comes free goes to them before anybody else.'
          : 'Nobody can join, and what comes free is everybody’s.'}
      </span>
    </p>
  );
}

function Switch({ isOpen, changing }: { isOpen: boolean; changing: Changing }) {
  return (
    <div>
      <Button
        look={isOpen ? 'line' : 'main'}
        busy={changing.isPending ? 'Saving…' : null}
        onClick={() => {
          changing.mutate({ is_open: !isOpen });
        }}
      >
        {isOpen ? 'Close the list' : 'Open the list'}
      </Button>
    </div>
  );
}

/** Whether there is a list, and how it works. */
export function Settings({
  event,
  settings,
}: {
  event: ManagedEvent;
  settings: WaitlistSettingsView;
}) {
  const changing = useChanging(event);
  const mayWrite = useMay('events:write');
  return (
    <section className={styles.section} aria-label="Settings">
      <State isOpen={settings.is_open} />
      {changing.isError && <Trouble error={changing.error} />}
      {mayWrite && <Rules settings={settings} changing={changing} />}
      {mayWrite && <Switch isOpen={settings.is_open} changing={changing} />}
    </section>
  );
}
