import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { paths } from '~/shared/paths';
import { useCart } from '~/shared/state/cart';
import { ButtonLink } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';
import { words } from './words';

/** What a visitor must know before anything else: cancelled, over, or already holding tickets. */
export function StatusBanner({ event }: { event: EventPage }) {
  const { held } = useCart();
  if (event.status === 'cancelled') return <p className="status status-bad">{words.cancelled}</p>;
  if (event.status === 'ended') return <p className="status">{words.ended}</p>;
  if (held?.event !== event.slug || held.organizer !== event.organizer.slug) return null;
  return (
    <Panel
      tone="careful"
      title={`You already hold ${countText(held.tickets, 'ticket')} for this event.`}
    >
      <p>Choosing again replaces them.</p>
      <ButtonLink look="line" to={paths.checkout(held.token)}>
        Go on with those
      </ButtonLink>
    </Panel>
  );
}
