import { useParams } from 'react-router';
import { DevMail } from '~/features/devmail/DevMail';

export function Component() {
  const { mailId } = useParams();
  return <DevMail openId={mailId ?? null} />;
}
