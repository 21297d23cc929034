import { useParams } from 'react-router';
import { RegisterPage } from '~/features/presale/RegisterPage';

export function Component() {
  const { organizer = '', event = '' } = useParams();
  return <RegisterPage key={`${organizer}/${event}`} organizer={organizer} slug={event} />;
}
