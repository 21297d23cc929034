import { Sales } from '~/features/organizer-orders/Sales';
import { Allowed } from '~/shared/organizer/Allowed';

export function Component() {
  return (
    <Allowed to="orders:read" title="Orders">
      <Sales />
    </Allowed>
  );
}
