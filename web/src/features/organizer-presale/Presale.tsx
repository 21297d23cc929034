import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { EventPage } from '~/shared/organizer/EventPage';
import shared from '~/shared/organizer/Settings.module.css';
import { Drawing } from './Drawing';
import { List } from './List';
import { Settings } from './Settings';

function Desk({ event }: { event: ManagedEvent }) {
  const { presale } = event;
  return (
    <div className={shared.page}>
      <Settings event={event} />
      {presale != null && presale.state !== 'not_yet' && (
        <Drawing event={event} presale={presale} />
      )}
      {presale != null && <List event={event} />}
    </div>
  );
}

/** Early access to the event: how it is given, and who has registered. */
export function Presale({ eventId }: { eventId: string }) {
  return (
    <EventPage eventId={eventId} title="Early access" to="orders:read">
      {(event) => <Desk event={event} />}
    </EventPage>
  );
}
