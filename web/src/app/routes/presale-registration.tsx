import { useParams } from 'react-router';
import { RegistrationPage } from '~/features/presale/RegistrationPage';

export function Component() {
  const { token = '' } = useParams();
  return <RegistrationPage key={token} token={token} />;
}
