import { useParams } from 'react-router';
import { PlacePage } from '~/features/waitlist/PlacePage';

export function Component() {
  const { token = '' } = useParams();
  return <PlacePage key={token} token={token} />;
}
