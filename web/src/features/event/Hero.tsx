import { Link } from 'react-router';
import type { EventPage, ImageView } from '~/shared/api/generated/boxoffice.schemas';
import { daySpanText, hoursInZoneText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import { paths } from '~/shared/paths';
import { posterOf } from '~/shared/poster/poster';
import { PosterArt } from '~/shared/poster/Poster';
import { PageHeading } from '~/shared/ui/PageHeading';
import { allChoices } from '~/shared/offers/choices';
import { nextOf } from './days';
import { fromPriceText } from './words';

function Cover({ cover }: { cover: ImageView }) {
  return (
    <img
      className="hero-art"
      src={cover.url}
      width={cover.width}
      height={cover.height}
      alt={cover.alt}
      {...{ fetchpriority: 'high' }}
    />
  );
}

interface HeroProps {
  event: EventPage;
  /** The date that was chosen. */
  occurrenceId: string | null;
}

function DateFact({ event, occurrenceId }: HeroProps) {
  const first = event.occurrences.find(({ id }) => id === occurrenceId) ?? nextOf(event);
  if (first === undefined) return null;
  const { starts_at: starts, ends_at: ends } = first;
  return (
    <div className="fact">
      <Icon name="calendar" />
      <span>
        <time dateTime={starts}>{daySpanText(starts, ends, event.timezone)}</time>
        <span>{hoursInZoneText(starts, ends, event.timezone)}</span>
      </span>
    </div>
  );
}

function PlaceFact({ event }: { event: EventPage }) {
  const { venue } = event;
  if (venue === null) {
    return (
      <div className="fact">
        <Icon name="screen" />
        <span>
          {event.format === 'online'
            ? 'Online: the link comes with your ticket'
            : 'Place to be announced'}
        </span>
      </div>
    );
  }
  const address = [venue.address, venue.city, venue.country].filter(Boolean).join(', ');
  const place = [venue.name, venue.city].filter(Boolean).join(', ');
  return (
    <div className="fact">
      <Icon name="pin" />
      <span>
        <a
          href={`https://www.openstreetmap.org/search?query=${encodeURIComponent(`${venue.name}, ${address}`)}`}
          rel="noreferrer"
        >
          {place}
        </a>
        {event.format === 'hybrid' && <span>Also online</span>}
      </span>
    </div>
  );
}

/** As the server puts it into the head: several editions of an event share a title. */
function tabText({ title, occurrences, timezone }: EventPage): string {
  const first = nextOf({ occurrences });
  return first === undefined
    ? title
    : `${title} · ${daySpanText(first.starts_at, first.ends_at, timezone)}`;
}

/** The event as its own poster: art or cover, title, date, place, price. */
export function Hero({ event, occurrenceId }: HeroProps) {
  const price = fromPriceText(allChoices(event.offers));
  const ground = event.cover === null ? `p${String(posterOf(event.title).palette)}` : 'hero-cover';
  return (
    <div className={`hero ${ground}`}>
      {event.cover === null ? (
        <PosterArt title={event.title} className="hero-art" />
      ) : (
        <Cover cover={event.cover} />
      )}
      <div className="wrap">
        <div className="hero-text">
          <p className="by">
            <Link to={paths.organizerProfile(event.organizer.slug)}>{event.organizer.name}</Link>
          </p>
          <PageHeading title={event.title} tab={tabText(event)} />
          <div className="facts">
            <DateFact event={event} occurrenceId={occurrenceId} />
            <PlaceFact event={event} />
            {price !== null && (
              <div className="fact">
                <Icon name="ticket" />
                <span>{price}</span>
              </div>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
