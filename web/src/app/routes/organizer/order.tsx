import { useParams } from 'react-router';
import { Sale } from '~/features/organizer-orders/Sale';
import { Allowed } from '~/shared/organizer/Allowed';

export function Component() {
  const { orderId = '' } = useParams();
  return (
    <Allowed to="orders:read" title="Order">
      <Sale key={orderId} orderId={orderId} />
    </Allowed>
  );
}
