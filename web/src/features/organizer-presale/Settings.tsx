import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { removePresale } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, PresaleSettingsView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { useArea } from '~/shared/organizer/area';
import { eventQuery } from '~/shared/organizer/queries';
import shared from '~/shared/organizer/Settings.module.css';
import { Status } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { Facts } from '~/shared/ui/Facts';
import { Panel } from '~/shared/ui/Panel';
import { SettingsForm } from './SettingsForm';
import { LENGTHS, namesOf, PRESALES, presaleText } from './words';

function lengthText(minutes: number): string {
  return LENGTHS.find(([known]) => known === minutes)?.[1] ?? countText(minutes, 'minute');
}

function Terms({ event, presale }: { event: ManagedEvent; presale: PresaleSettingsView }) {
  const at = (iso: string) => dateTimeText(iso, event.timezone);
  const { total_tickets: total, mode } = presale;
  const chosen = mode === 'draw' ? 'drawn by lot' : 'whoever registered first';
  return (
    <Facts
      facts={[
        ['Registration', `${at(presale.opens_at)} until ${at(presale.closes_at)}`],
        [
          'Early access',
          `from ${at(presale.window_starts_at)}, ${lengthText(presale.window_minutes)}`,
        ],
        ['For each', `at most ${countText(presale.max_tickets, 'ticket')}`],
        [
          'Altogether',
          total === null ? 'everybody who registers' : `${countText(total, 'ticket')}, ${chosen}`,
        ],
        ['Types', namesOf(event, presale.ticket_type_ids) || 'all that everybody may buy'],
        ...(presale.seed === null ? [] : [['Drawn by', presale.seed] as const]),
      ]}
    />
  );
}

function State({ event, presale }: { event: ManagedEvent; presale: PresaleSettingsView }) {
  const [tone, word] = PRESALES[presale.state];
  const { on_sale_already: already } = presale;
  return (
    <>
      <p className={shared.state}>
        <Status tone={tone}>{word}</Status>
        <span>{presaleText(presale, event.timezone)}</span>
      </p>
      {already.length > 0 && presale.state !== 'drawn' && (
        <Panel tone="careful" title="Early access is worth nothing for some tickets">
          <p>
            Everybody can buy {namesOf(event, already)} before early access begins. Give them a
            later start of sale.
          </p>
        </Panel>
      )}
      <Terms event={event} presale={presale} />
    </>
  );
}

function useRemoving(event: ManagedEvent) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => removePresale(slug, event.id),
    onSuccess: (changed) => {
      queryClient.setQueryData(eventQuery(slug, event.id).queryKey, changed);
    },
  });
}

function Buttons({ event, onEdit }: { event: ManagedEvent; onEdit: () => void }) {
  const removing = useRemoving(event);
  const isThere = event.presale != null;
  return (
    <>
      {removing.isError && <Trouble error={removing.error} />}
      <div className={shared.buttons}>
        <Button look={isThere ? 'line' : 'main'} onClick={onEdit}>
          {isThere ? 'Change' : 'Give early access'}
        </Button>
        {isThere && (
          <Button
            look="text"
            busy={removing.isPending ? 'Taking it back…' : null}
            onClick={() => {
              removing.mutate();
            }}
          >
            Take it back
          </Button>
        )}
      </div>
    </>
  );
}

/** Whether there is early access, and how it is given. */
export function Settings({ event }: { event: ManagedEvent }) {
  const [isEditing, setEditing] = useState(false);
  const mayWrite = useMay('events:write');
  const presale = event.presale ?? null;
  const close = () => {
    setEditing(false);
  };
  return (
    <section className={shared.section} aria-label="Settings">
      {presale === null ? (
        <p>
          People register before the sale begins. Those who get early access buy in a window of
          their own, before everybody else, as long as there are tickets.
        </p>
      ) : (
        <State event={event} presale={presale} />
      )}
      {isEditing && <SettingsForm event={event} presale={presale} close={close} />}
      {!isEditing && mayWrite && presale?.state !== 'drawn' && (
        <Buttons
          event={event}
          onEdit={() => {
            setEditing(true);
          }}
        />
      )}
    </section>
  );
}
