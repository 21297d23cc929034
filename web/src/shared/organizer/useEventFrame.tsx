import type { ReactNode } from 'react';
import { paths } from '~/shared/paths';
import { useArea } from './area';
import { EventTabs } from './EventTabs';

interface EventFrame {
  back: { to: string; label: string };
  tabs: ReactNode;
}

/** What every page about a part of an event has: the way back to it, and to its other parts. */
export function useEventFrame(eventId: string, title: string | undefined): EventFrame {
  const { slug } = useArea();
  return {
    back: { to: paths.managedEvent(slug, eventId), label: title ?? 'Event' },
    tabs: <EventTabs eventId={eventId} />,
  };
}
