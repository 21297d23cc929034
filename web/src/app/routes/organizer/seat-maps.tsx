import { SeatMaps } from '~/features/organizer-seats/SeatMaps';
import { Allowed } from '~/shared/organizer/Allowed';

export function Component() {
  return (
    <Allowed to="events:read" title="Seat maps">
      <SeatMaps />
    </Allowed>
  );
}
