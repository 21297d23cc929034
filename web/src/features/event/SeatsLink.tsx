import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import type { EarlyAccess } from '~/shared/offers/useEarlyAccess';
import type { Terms } from '~/shared/offers/usePrice';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';

interface SeatsLinkProps {
  event: EventPage;
  terms: Terms;
  early: EarlyAccess | null;
}

/** Where seats have numbers: the way to the map. Quantities alone get the best available. */
export function SeatsLink({ event, terms, early }: SeatsLinkProps) {
  const isSeated = event.offers.some(({ seated }) => seated === true);
  if (event.status !== 'published' || !isSeated) return null;
  const { occurrenceId, accessCode, voucher } = terms;
  const asked = {
    ...(occurrenceId !== null && { occurrence: occurrenceId }),
    ...(accessCode !== '' && { code: accessCode }),
    ...(voucher !== null && { voucher }),
    ...(early !== null && { early: early.token }),
  };
  return (
    <>
      <ButtonLink look="line" wide to={paths.seats(event.organizer.slug, event.slug, asked)}>
        Choose seats on the map
      </ButtonLink>
      <p className="small">Or say how many, and get the best seats side by side.</p>
    </>
  );
}
