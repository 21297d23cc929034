import { Link } from 'react-router';
import type { ManagedEventRow } from '~/shared/api/generated/boxoffice.schemas';
import { dateText, timeText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { EventStatus } from '~/shared/organizer/Status';
import tables from '~/shared/organizer/Table.module.css';
import { usePhone } from '~/shared/organizer/usePhone';
import { paths } from '~/shared/paths';
import styles from './Events.module.css';
import { SoldBar } from './SoldBar';

function When({ event }: { event: ManagedEventRow }) {
  return (
    <time dateTime={event.starts_at} className="num">
      {dateText(event.starts_at, event.timezone)}
      <span className="muted"> {timeText(event.starts_at, event.timezone)}</span>
    </time>
  );
}

function Name({ event }: { event: ManagedEventRow }) {
  const { slug } = useArea();
  return (
    <>
      <Link className={tables.main} to={paths.managedEvent(slug, event.id)}>
        {event.title}
      </Link>
      <span className={tables.sub}>{event.city ?? 'No city yet'}</span>
    </>
  );
}

function Cards({ events }: { events: readonly ManagedEventRow[] }) {
  return (
    <ul className={tables.cards}>
      {events.map((event) => (
        <li key={event.id} className={tables.card}>
          <Name event={event} />
          <div className={styles.line}>
            <When event={event} />
            <EventStatus status={event.status} />
          </div>
          <SoldBar sold={event.sold} capacity={event.capacity} />
        </li>
      ))}
    </ul>
  );
}

/** A table where there is room for one, else cards. */
export function EventTable({
  events,
  label,
}: {
  events: readonly ManagedEventRow[];
  label: string;
}) {
  const isPhone = usePhone();
  if (isPhone) return <Cards events={events} />;
  return (
    <div className={tables.frame}>
      <table className={tables.table}>
        <caption className="vh">{label}</caption>
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">Date</th>
            <th scope="col">Status</th>
            <th scope="col">Sold</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td>
                <Name event={event} />
              </td>
              <td className={tables.fixed}>
                <When event={event} />
              </td>
              <td>
                <EventStatus status={event.status} />
              </td>
              <td className={styles.soldCell}>
                <SoldBar sold={event.sold} capacity={event.capacity} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
