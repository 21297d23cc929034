import { Link } from 'react-router';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import { paths } from '~/shared/paths';
import styles from './About.module.css';
import { nextOf } from './days';
import { words } from './words';

interface Row {
  term: string;
  text: string;
}

function doorsText(event: EventPage): string {
  const doors = nextOf(event)?.doors_at ?? null;
  return doors === null ? '' : dateTimeText(doors, event.timezone);
}

function practicalRows(event: EventPage): Row[] {
  const { name = '', address, city, country } = event.venue ?? {};
  const rows = [
    { term: 'Doors', text: doorsText(event) },
    { term: 'Venue', text: name },
    { term: 'Address', text: [address, city, country].filter(Boolean).join(', ') },
    { term: 'Online', text: event.online_url_hint ? 'The link comes with your ticket.' : '' },
  ];
  return rows.filter(({ text }) => text !== '');
}

function Practical({ event }: { event: EventPage }) {
  const rows = practicalRows(event);
  if (rows.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>Good to know</h2>
      <dl className={styles.rows}>
        {rows.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Words({ event }: { event: EventPage }) {
  if (event.summary === '' && event.description === '' && event.website === null) return null;
  return (
    <section>
      <h2>{words.about}</h2>
      {event.summary !== '' && <p className="prose summary">{event.summary}</p>}
      <div className="prose">{event.description}</div>
      {event.website !== null && (
        <p className={styles.site}>
          <a className="btn btn-line" href={event.website} rel="noreferrer">
            Website of the event <Icon name="out" size={18} />
          </a>
        </p>
      )}
    </section>
  );
}

export function About({ event }: { event: EventPage }) {
  const { organizer } = event;
  return (
    <div className="event-main">
      <Words event={event} />
      <Practical event={event} />
      <section className={styles.part}>
        <h2>Organizer</h2>
        <p>
          <Link to={paths.organizerProfile(organizer.slug)}>{organizer.name}</Link>
        </p>
        {organizer.description !== '' && <p className="prose muted">{organizer.description}</p>}
      </section>
    </div>
  );
}
