import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { allChoices } from '~/shared/offers/choices';

interface WaitlistLinkProps {
  event: EventPage;
  occurrenceId: string | null;
}

/** Where something is sold out and the event has a waiting list: the way onto it. */
export function WaitlistLink({ event, occurrenceId }: WaitlistLinkProps) {
  const choices = allChoices(event.offers);
  if (event.waitlist_open !== true || !choices.some(({ state }) => state === 'sold_out')) {
    return null;
  }
  const isAllGone = choices.every(({ state }) => state === 'sold_out');
  return (
    <>
      <ButtonLink
        look={isAllGone ? 'main' : 'line'}
        wide
        to={paths.joinWaitlist(event.organizer.slug, event.slug, occurrenceId)}
      >
        Join the waiting list
      </ButtonLink>
      <p className="small">What comes free goes to people who wait, before anybody else.</p>
    </>
  );
}
