import { useParams } from 'react-router';
import { TicketPage } from '~/features/orders/TicketPage';

export { orderLoader as loader } from './order-loader';

export function Component() {
  const { token = '', ticketId = '' } = useParams();
  return <TicketPage token={token} ticketId={ticketId} />;
}
