import { useParams } from 'react-router';
import { Checkout } from '~/features/checkout/Checkout';

export { orderLoader as loader } from './order-loader';

export function Component() {
  const { token = '' } = useParams();
  return <Checkout key={token} token={token} />;
}
