import { useParams } from 'react-router';
import { PurchaseCheckout } from '~/features/checkout/PurchaseCheckout';
import { PurchaseTickets } from '~/features/orders/PurchaseTickets';

export function Component() {
  const { token = '' } = useParams();
  return (
    <PurchaseCheckout
      key={token}
      token={token}
      bought={(purchase) => <PurchaseTickets purchase={purchase} />}
    />
  );
}
