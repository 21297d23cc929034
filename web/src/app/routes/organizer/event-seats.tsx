import { useParams } from 'react-router';
import { EventSeats } from '~/features/organizer-seats/EventSeats';

export function Component() {
  const { eventId = '' } = useParams();
  return <EventSeats key={eventId} eventId={eventId} />;
}
