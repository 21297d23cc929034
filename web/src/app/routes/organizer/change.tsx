import { useParams } from 'react-router';
import { ChangeDates } from '~/features/organizer-changes/ChangeDates';

export function Component() {
  const { eventId = '' } = useParams();
  return <ChangeDates key={eventId} eventId={eventId} />;
}
