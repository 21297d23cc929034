import { useParams } from 'react-router';
import { Waitlist } from '~/features/organizer-waitlist/Waitlist';

export function Component() {
  const { eventId = '' } = useParams();
  return <Waitlist key={eventId} eventId={eventId} />;
}
