import { useParams } from 'react-router';
import { Presale } from '~/features/organizer-presale/Presale';

export function Component() {
  const { eventId = '' } = useParams();
  return <Presale key={eventId} eventId={eventId} />;
}
