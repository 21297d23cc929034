import { CreateEvent } from '~/features/organizer-create/CreateEvent';
import { Allowed } from '~/shared/organizer/Allowed';

export function Component() {
  return (
    <Allowed to="events:write" title="Create event">
      <CreateEvent />
    </Allowed>
  );
}
