import type { EventPage, OfferView } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';

interface SeatsLinkProps {
  event: EventPage;
  occurrenceId: string | null;
}

/** The map knows no variations and no amounts of the buyer's choice. */
function isOnTheMap({ seated, variations = [], pricing }: OfferView): boolean {
  return seated === true && variations.length === 0 && pricing !== 'open';
}

/** Where seats have numbers: the way to the map. Quantities alone get the best available. */
export function SeatsLink({ event, occurrenceId }: SeatsLinkProps) {
  if (event.status !== 'published' || !event.offers.some(isOnTheMap)) return null;
  return (
    <>
      <ButtonLink look="line" wide to={paths.seats(event.organizer.slug, event.slug, occurrenceId)}>
        Choose seats on the map
      </ButtonLink>
      <p className="small">Or say how many, and get the best seats side by side.</p>
    </>
  );
}
