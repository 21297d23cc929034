import { useParams } from 'react-router';
import { Inbox } from '~/features/organizer-help/Inbox';
import { Allowed } from '~/shared/organizer/Allowed';

export function Component() {
  const { conversationId = null } = useParams();
  return (
    <Allowed to="support" title="Help">
      <Inbox openId={conversationId} />
    </Allowed>
  );
}
