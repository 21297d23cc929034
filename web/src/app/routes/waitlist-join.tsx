import { useParams } from 'react-router';
import { JoinPage } from '~/features/waitlist/JoinPage';

export function Component() {
  const { organizer = '', event = '' } = useParams();
  return <JoinPage key={`${organizer}/${event}`} organizer={organizer} slug={event} />;
}
