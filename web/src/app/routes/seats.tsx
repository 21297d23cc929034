import { useParams } from 'react-router';
import { Seats } from '~/features/seats/Seats';

export function Component() {
  const { organizer = '', event = '' } = useParams();
  return <Seats organizer={organizer} slug={event} />;
}
