import { useParams } from 'react-router';
import { EventDesk } from '~/features/organizer-event/EventDesk';

export function Component() {
  const { eventId = '' } = useParams();
  return <EventDesk key={eventId} eventId={eventId} />;
}
