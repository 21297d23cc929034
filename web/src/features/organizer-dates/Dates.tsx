import { useQuery } from '@tanstack/react-query';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { useEventFrame } from '~/shared/organizer/useEventFrame';
import { EventStatus } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { zoneText } from '~/shared/format/dates';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { AddDate } from './AddDate';
import { DateList } from './DateList';
import shared from '~/shared/organizer/Settings.module.css';
import styles from './Dates.module.css';
import { Duplicate } from './Duplicate';
import { eventQuery } from '~/shared/organizer/queries';
import { Repeat } from './Repeat';
import { SeriesList } from './SeriesList';

function Desk({ event }: { event: ManagedEvent }) {
  const mayWrite = useMay('events:write') && event.status !== 'cancelled';
  return (
    <div className={shared.page}>
      <section className={styles.section} aria-labelledby="dates-title">
        <h2 id="dates-title">Dates</h2>
        <p className="muted">All times are {zoneText(event.timezone)}.</p>
        <DateList event={event} />
        {mayWrite && <AddDate event={event} />}
      </section>
      <SeriesList event={event} />
      {mayWrite && <Repeat event={event} />}
      {mayWrite && <Duplicate event={event} />}
    </div>
  );
}

function Body({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const read = useQuery(eventQuery(slug, eventId));
  if (read.data !== undefined) return <Desk event={read.data} />;
  if (read.isError) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  return (
    <Loading label="Loading the dates">
      <Skeleton height={420} />
    </Loading>
  );
}

/** All dates of an event: one by one, by a rule, and once more as another event. */
export function Dates({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const event = useQuery(eventQuery(slug, eventId)).data;
  const frame = useEventFrame(eventId, event?.title);
  const mayCancel = useMay('orders:write');
  return (
    <Page
      title="Dates"
      {...frame}
      badge={event && <EventStatus status={event.status} />}
      actions={
        mayCancel && (
          <ButtonLink look="line" to={paths.changeDates(slug, eventId)}>
            Postpone or cancel
          </ButtonLink>
        )
      }
    >
      <Body eventId={eventId} />
    </Page>
  );
}
