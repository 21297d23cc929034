import { Scan } from '~/features/organizer-scan/Scan';
import { Allowed } from '~/shared/organizer/Allowed';

export function Component() {
  return (
    <Allowed to="scan" title="Scan">
      <Scan />
    </Allowed>
  );
}
