import { useParams } from 'react-router';
import { Dates } from '~/features/organizer-dates/Dates';

export function Component() {
  const { eventId = '' } = useParams();
  return <Dates key={eventId} eventId={eventId} />;
}
