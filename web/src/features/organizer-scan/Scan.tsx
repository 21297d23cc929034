import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { ManagedEventRow } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { eventChoicesQuery } from '~/shared/organizer/queries';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { EmptyState } from '~/shared/ui/EmptyState';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { choicesAt } from './choices';
import styles from './Scan.module.css';
import { ScanDesk } from './ScanDesk';

function Choices({ events }: { events: readonly ManagedEventRow[] }) {
  const { slug } = useArea();
  if (events.length === 0) {
    return (
      <EmptyState
        title="Nothing to scan for yet"
        action={<ButtonLink to={paths.organizerArea(slug)}>See your events</ButtonLink>}
      >
        <p>Once an event is published, its tickets can be scanned here.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <p className="muted">Which event are you at the door of?</p>
      <ul className={styles.choices}>
        {events.map((event) => (
          <li key={event.id}>
            <Link to={`${paths.scan(slug)}?event=${event.id}`}>
              <span>
                <b>{event.title}</b>
                <span className="muted">
                  {dateTimeText(event.starts_at, event.timezone)}
                  {event.city !== null && `, ${event.city}`}
                </span>
              </span>
              <Icon name="arrow" />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

/** First the event, then the door. */
export function Scan() {
  const { slug } = useArea();
  const [search] = useSearchParams();
  const read = useQuery(eventChoicesQuery(slug));
  const eventId = search.get('event');
  if (eventId !== null) {
    const event = read.data?.find(({ id }) => id === eventId);
    return <ScanDesk key={eventId} eventId={eventId} title={event?.title ?? 'Scan'} />;
  }
  return (
    <Page title="Scan">
      {read.isPending && (
        <Loading label="Loading events">
          <Skeleton height={240} />
        </Loading>
      )}
      {read.isError && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {read.data !== undefined && <Choices events={choicesAt(read.data, read.dataUpdatedAt)} />}
    </Page>
  );
}
