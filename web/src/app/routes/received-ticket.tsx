import { useParams } from 'react-router';
import { ReceivedTicket } from '~/features/received-ticket/ReceivedTicket';

export function Component() {
  const { token = '' } = useParams();
  return <ReceivedTicket key={token} token={token} />;
}
