import { GiftCards } from '~/features/organizer-gift-cards/GiftCards';
import { Allowed } from '~/shared/organizer/Allowed';

export function Component() {
  return (
    <Allowed to="orders:read" title="Gift cards">
      <GiftCards />
    </Allowed>
  );
}
