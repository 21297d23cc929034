import { useQuery } from '@tanstack/react-query';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { refusalText } from '~/shared/organizer/permissions';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { List } from './List';
import { eventQuery } from './queries';
import { Settings } from './Settings';
import styles from './Waitlist.module.css';

function Body({ eventId }: { eventId: string }) {
  const { slug, role, name } = useArea();
  const read = useQuery(eventQuery(slug, eventId));
  if (!useMay('orders:read')) {
    return (
      <Panel tone="plain" icon="user">
        <p>{refusalText('orders:read', role, name)}</p>
      </Panel>
    );
  }
  if (read.isPending) {
    return (
      <Loading label="Loading the event">
        <Skeleton height={320} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const { waitlist } = read.data;
  return (
    <div className={styles.page}>
      {waitlist && <Settings event={read.data} settings={waitlist} />}
      <List event={read.data} />
    </div>
  );
}

/** The event's waiting list: how it works, and who is on it. */
export function Waitlist({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const event = useQuery(eventQuery(slug, eventId));
  const back = { to: paths.managedEvent(slug, eventId), label: event.data?.title ?? 'Event' };
  return (
    <Page title="Waiting list" back={back}>
      <Body eventId={eventId} />
    </Page>
  );
}
