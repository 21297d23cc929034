import { Link } from 'react-router';
import type { EventCard as Card } from '~/shared/api/generated/boxoffice.schemas';
import { cardDateText } from '~/shared/format/dates';
import { moneyText } from '~/shared/format/money';
import { paths } from '~/shared/paths';
import { Poster } from '~/shared/poster/Poster';

function placeText(event: Card): string {
  if (event.format === 'online') return 'Online';
  const place = [event.venue_name, event.city].filter((part) => part !== null && part !== '');
  return [...new Set(place)].join(', ') || 'Place to be announced';
}

function priceText(event: Card): string | null {
  if (event.availability === 'sold_out' || event.availability === 'not_on_sale') return null;
  if (event.is_free) return 'Free';
  return event.price_from === null ? null : `from ${moneyText(event.price_from)}`;
}

const BADGES: Record<Card['availability'], [string, string] | null> = {
  available: null,
  few: ['badge badge-few', 'Last tickets'],
  sold_out: ['badge', 'Sold out'],
  not_on_sale: ['badge', 'Not on sale'],
};

function Media({ event }: { event: Card }) {
  if (event.cover === null) return <Poster title={event.title} />;
  const { url, width, height } = event.cover;
  return <img src={url} width={width} height={height} alt="" loading="lazy" />;
}

export function EventCard({ event }: { event: Card }) {
  const price = priceText(event);
  const badge = BADGES[event.availability];
  return (
    <li className="card">
      <div className="card-media">
        <Media event={event} />
      </div>
      <div>
        <p className="card-when">
          <time dateTime={event.starts_at}>
            {cardDateText(event.starts_at, event.ends_at, event.timezone)}
          </time>
        </p>
        <h2>
          <Link to={paths.event(event.organizer_slug, event.slug)}>{event.title}</Link>
        </h2>
        <p className="card-where">{placeText(event)}</p>
        <p className="card-price">
          {price !== null && <span>{price}</span>}
          {badge !== null && <span className={badge[0]}>{badge[1]}</span>}
        </p>
      </div>
    </li>
  );
}
