import { useParams } from 'react-router';
import { Vouchers } from '~/features/organizer-vouchers/Vouchers';

export function Component() {
  const { eventId = '' } = useParams();
  return <Vouchers key={eventId} eventId={eventId} />;
}
