import { useParams } from 'react-router';
import { Help } from '~/features/help/Help';
import { Changes } from '~/features/order-changes/Changes';
import { OrderPage } from '~/features/orders/OrderPage';

export { orderLoader as loader } from './order-loader';

export function Component() {
  const { token = '' } = useParams();
  return (
    <OrderPage
      key={token}
      token={token}
      help={(order) => <Help order={order} />}
      changes={(order) => <Changes order={order} />}
    />
  );
}
