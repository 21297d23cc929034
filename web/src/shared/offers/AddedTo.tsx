import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { useCart } from '~/shared/state/cart';
import { isJoinable } from './together';

/** Says that these tickets are bought together with what is held of the organizer's other events. */
export function AddedTo({ event }: { event: EventPage }) {
  const { held } = useCart();
  if (!isJoinable(held, event)) return null;
  return (
    <p className="small" role="note">
      These are added to your order: {held.title}. You pay once.
    </p>
  );
}
