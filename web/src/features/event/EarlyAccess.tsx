import type { EventPage, PresaleView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import type { EarlyAccess } from '~/shared/offers/useEarlyAccess';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';

/** What a visitor with early access may do, above the tickets. */
export function EarlyAccessBanner({ event, early }: { event: EventPage; early: EarlyAccess }) {
  const access = early.registration.early_access;
  if (access === null || event.status !== 'published') return null;
  if (access.state === 'open') {
    return (
      <Panel tone="good" title="You have early access">
        <p>
          Up to {countText(access.left, 'ticket')} until{' '}
          {dateTimeText(access.ends_at, event.timezone)}, before the sale to everybody.
        </p>
      </Panel>
    );
  }
  const texts = {
    to_come: `It begins ${dateTimeText(access.starts_at, event.timezone)}.`,
    used_up: 'You have all the tickets that it was for, bought or held.',
    over: 'It is over. You can still buy in the sale to everybody.',
  };
  return (
    <Panel tone="plain" icon="clock" title="Your early access">
      <p>{texts[access.state]}</p>
    </Panel>
  );
}

function windowText({ window_starts_at: start, window_ends_at: end }: PresaleView, zone: string) {
  return `${dateTimeText(start, zone)} until ${dateTimeText(end, zone)}`;
}

/** Where an event gives early access: the way to it, or when there will be one. */
export function PresaleNote({ event }: { event: EventPage }) {
  const { presale, timezone } = event;
  if (presale == null || event.status !== 'published') return null;
  if (presale.state === 'open') {
    return (
      <>
        <ButtonLink look="line" wide to={paths.registerEarly(event.organizer.slug, event.slug)}>
          Register for early access
        </ButtonLink>
        <p className="small">
          Register until {dateTimeText(presale.closes_at, timezone)}. Who gets early access buys
          from {windowText(presale, timezone)}.
        </p>
      </>
    );
  }
  if (presale.state === 'not_yet') {
    return (
      <p className="small">
        Registration for early access opens {dateTimeText(presale.opens_at, timezone)}.
      </p>
    );
  }
  if (presale.state === 'closed') {
    return (
      <p className="small">
        Registration for early access has closed. Who registered hears from us by mail.
      </p>
    );
  }
  return null;
}
