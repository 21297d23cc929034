import { useParams } from 'react-router';
import { OrderPolicy } from '~/features/organizer-policy/OrderPolicy';

export function Component() {
  const { eventId = '' } = useParams();
  return <OrderPolicy key={eventId} eventId={eventId} />;
}
