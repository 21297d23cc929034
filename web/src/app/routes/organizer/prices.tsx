import { useParams } from 'react-router';
import { Prices } from '~/features/organizer-prices/Prices';

export function Component() {
  const { eventId = '' } = useParams();
  return <Prices key={eventId} eventId={eventId} />;
}
