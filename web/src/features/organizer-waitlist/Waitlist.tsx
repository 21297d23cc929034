import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { List } from './List';
import { Settings } from './Settings';
import shared from '~/shared/organizer/Settings.module.css';
import { EventPage } from '~/shared/organizer/EventPage';

function Desk({ event }: { event: ManagedEvent }) {
  const { waitlist } = event;
  return (
    <div className={shared.page}>
      {waitlist && <Settings event={event} settings={waitlist} />}
      <List event={event} />
    </div>
  );
}

/** The event's waiting list: how it works, and who is on it. */
export function Waitlist({ eventId }: { eventId: string }) {
  return (
    <EventPage eventId={eventId} title="Waiting list" to="orders:read">
      {(event) => <Desk event={event} />}
    </EventPage>
  );
}
