import { Applications } from '~/features/organizer-applications/Applications';
import { Allowed } from '~/shared/organizer/Allowed';

export function Component() {
  return (
    <Allowed to="orders:read" title="Applications">
      <Applications />
    </Allowed>
  );
}
