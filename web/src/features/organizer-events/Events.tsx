import { useInfiniteQuery } from '@tanstack/react-query';
import type { ManagedEventRow } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import { Page } from '~/shared/organizer/Page';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { EmptyState } from '~/shared/ui/EmptyState';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './Events.module.css';
import { EventTable } from './EventTable';
import { eventsQuery } from './queries';
import { byTime } from './sorting';

function Maps() {
  const { slug } = useArea();
  return (
    <ButtonLink look="line" to={paths.seatMaps(slug)}>
      Seat maps
    </ButtonLink>
  );
}

function Create() {
  const { slug } = useArea();
  if (!useMay('events:write')) return null;
  return (
    <ButtonLink to={paths.newEvent(slug)}>
      <Icon name="plus" /> Create event
    </ButtonLink>
  );
}

function Actions() {
  return (
    <>
      <Maps />
      <Create />
    </>
  );
}

function Shelf({ title, events }: { title: string; events: readonly ManagedEventRow[] }) {
  if (events.length === 0) return null;
  return (
    <section className={styles.shelf}>
      <h2>{title}</h2>
      <EventTable events={events} label={title} />
    </section>
  );
}

function Shelves() {
  const { slug } = useArea();
  const read = useInfiniteQuery(eventsQuery(slug));
  if (read.isPending) {
    return (
      <Loading label="Loading events">
        <Skeleton height={328} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const { coming, past } = byTime(read.data.pages.flatMap(({ items }) => items));
  if (coming.length + past.length === 0) {
    return (
      <EmptyState title="Nothing planned yet" action={<Create />}>
        <p>One screen, a handful of fields, and your event has a page that sells tickets.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <Shelf title="Coming up" events={coming} />
      <Shelf title="Past" events={past} />
      <LoadMore list={read} />
    </>
  );
}

/** The organizer's home: all events, and how they sell. */
export function Events() {
  const { slug } = useArea();
  const known = useInfiniteQuery(eventsQuery(slug)).data;
  const isEmpty = known?.pages[0]?.items.length === 0;
  return (
    <Page title="Events" {...(!isEmpty && { actions: <Actions /> })}>
      <Shelves />
    </Page>
  );
}
