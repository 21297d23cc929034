import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { useArea } from './area';
import { Page } from './Page';
import { refusalText, type Ability } from './permissions';
import { eventQuery } from './queries';
import { Trouble } from './Trouble';
import { useEventFrame } from './useEventFrame';
import { useMay } from './useMay';

interface EventPageProps {
  eventId: string;
  title: string;
  /** Who may see the page; the others are told who can let them in. */
  to: Ability;
  children: (event: ManagedEvent) => ReactNode;
}

function Body({ eventId, to, children }: Omit<EventPageProps, 'title'>) {
  const { slug, role, name } = useArea();
  const read = useQuery(eventQuery(slug, eventId));
  if (!useMay(to)) {
    return (
      <Panel tone="plain" icon="user">
        <p>{refusalText(to, role, name)}</p>
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
  return children(read.data);
}

/** A page about one part of an event, which leads back to the event. */
export function EventPage({ title, ...body }: EventPageProps) {
  const { slug } = useArea();
  const event = useQuery(eventQuery(slug, body.eventId));
  const frame = useEventFrame(body.eventId, event.data?.title);
  return (
    <Page title={title} {...frame}>
      <Body {...body} />
    </Page>
  );
}
