import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText, zoneText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { EventTabs } from '~/shared/organizer/EventTabs';
import { Glyph } from '~/shared/organizer/Glyph';
import { Page } from '~/shared/organizer/Page';
import { refusalText } from '~/shared/organizer/permissions';
import { EventStatus } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Cover } from './Cover';
import { DetailsForm } from './DetailsForm';
import styles from './EventDesk.module.css';
import { LinkCard } from './LinkCard';
import { PublishCard } from './PublishCard';
import { sellingEventQuery } from './queries';
import { Tickets } from './Tickets';

/** A link such as #tickets leads to that part, for eyes and for the keyboard. */
function useAnchor(): void {
  const { hash, key } = useLocation();
  useEffect(() => {
    if (hash.length < 2) return;
    const part = document.getElementById(hash.slice(1));
    part?.scrollIntoView();
    part?.querySelector('h2')?.focus({ preventScroll: true });
  }, [hash, key]);
}

function Facts({ event }: { event: ManagedEvent }) {
  const first = event.occurrences[0];
  const place = [event.venue?.name, event.venue?.city].filter(Boolean).join(', ');
  return (
    <>
      {first !== undefined && (
        <span>
          {dateTimeText(first.starts_at, event.timezone)}, {zoneText(event.timezone)}
        </span>
      )}
      <span>{event.format === 'online' ? 'Online' : place || 'Place to be named'}</span>
    </>
  );
}

function Actions({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  if (event.status === 'draft') return null;
  return (
    <>
      <ButtonLink look="line" to={`${paths.sales(slug)}?event=${event.id}`}>
        <Glyph name="list" /> Orders
      </ButtonLink>
      <ButtonLink look="line" to={`${paths.scan(slug)}?event=${event.id}`}>
        <Glyph name="scan" /> Scan
      </ButtonLink>
      <ButtonLink look="line" to={event.public_path}>
        <Icon name="out" /> View page
      </ButtonLink>
    </>
  );
}

/** Of several dates the first stands for all; the others are on their own page. */
function ofFirstDate(event: ManagedEvent): ManagedEvent {
  const first = event.occurrences[0]?.id;
  const quotas = event.quotas.filter((quota) => quota.occurrence_id === first);
  return { ...event, quotas };
}

function Desk({ event, now }: { event: ManagedEvent; now: number }) {
  const { role, name } = useArea();
  const mayWrite = useMay('events:write');
  useAnchor();
  return (
    <div className={styles.desk} {...(event.status === 'draft' && { 'data-draft': '' })}>
      <div className={styles.main}>
        {!mayWrite && (
          <Panel tone="plain" icon="user">
            <p>{refusalText('events:write', role, name)}</p>
          </Panel>
        )}
        <Tickets event={ofFirstDate(event)} now={now} />
        {mayWrite && <DetailsForm event={event} />}
        <Cover event={event} />
      </div>
      <div className={styles.rail}>
        <PublishCard event={event} />
        <LinkCard event={event} />
      </div>
    </div>
  );
}

/** Everything about one event: its state, tickets, words and picture. */
export function EventDesk({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const read = useQuery(sellingEventQuery(slug, eventId));
  const back = { to: paths.organizerArea(slug), label: 'Events' };
  if (read.data === undefined) {
    return (
      <Page title={read.isPending ? 'Event' : 'This event cannot be shown'} back={back}>
        {read.isPending ? (
          <Loading label="Loading the event">
            <Skeleton height={520} />
          </Loading>
        ) : (
          <Trouble error={read.error} onRetry={() => void read.refetch()} />
        )}
      </Page>
    );
  }
  const event = read.data;
  return (
    <Page
      title={event.title}
      back={back}
      badge={<EventStatus status={event.status} />}
      facts={<Facts event={event} />}
      actions={<Actions event={event} />}
      tabs={<EventTabs eventId={eventId} />}
    >
      <Desk event={event} now={read.dataUpdatedAt} />
    </Page>
  );
}
