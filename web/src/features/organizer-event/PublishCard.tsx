import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { publishEvent, unpublishEvent } from '~/shared/api/generated/boxoffice';
import type { ChecklistItem, ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './EventDesk.module.css';
import { checklistQuery } from './queries';
import { useChange } from './useChange';

/** What a settled item is called; its own text says what would have to be done. */
const DONE: Readonly<Record<string, string>> = {
  dates: 'A date to come',
  tickets: 'A ticket type on sale',
  capacity: 'How many there are',
  sale_window: 'Open sale',
  place: 'Venue and city',
  online_link: 'Link to join',
  description: 'Description',
  cover: 'Picture',
};

function Item({ item }: { item: ChecklistItem }) {
  if (item.done) {
    return (
      <li className={styles.done}>
        <Icon name="check" size={18} />
        <span>
          <span className="vh">Done: </span>
          {DONE[item.code] ?? item.text}
        </span>
      </li>
    );
  }
  return (
    <li className={item.blocks ? styles.blocker : styles.advice}>
      <Icon name={item.blocks ? 'alert' : 'plus'} size={18} />
      <span>
        <span className="vh">{item.blocks ? 'Missing: ' : 'Advised: '}</span>
        <Link to={item.link}>{item.text}</Link>
      </span>
    </li>
  );
}

function Checklist({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const read = useQuery(checklistQuery(slug, eventId));
  if (read.isPending) {
    return (
      <Loading label="Loading the checklist">
        <Skeleton height={220} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  return (
    <ul className={styles.checklist}>
      {read.data.items.map((item) => (
        <Item key={item.code} item={item} />
      ))}
    </ul>
  );
}

/** Until the checklist stands there the button would move from under the pointer. */
function useReady(event: ManagedEvent): boolean {
  const { slug } = useArea();
  const { data: checklist, isPending } = useQuery(checklistQuery(slug, event.id));
  return event.status === 'published' || !(isPending || checklist?.ready === false);
}

function PublishButton({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const tell = useTell();
  const change = useChange(event.id);
  const isPublished = event.status === 'published';
  const isReady = useReady(event);
  return (
    <>
      {change.error !== null && <Trouble error={change.error} />}
      <Button
        wide
        look={isPublished ? 'line' : 'main'}
        disabled={!isReady}
        {...(!isReady && { 'aria-describedby': 'publish-state' })}
        busy={change.isPending ? 'One moment…' : null}
        onClick={() => {
          const command = isPublished ? unpublishEvent : publishEvent;
          change.run(
            () => command(slug, event.id),
            () => {
              tell('good', isPublished ? 'Taken down. You can publish it again.' : 'It is live.');
            },
          );
        }}
      >
        {isPublished ? 'Take it down' : 'Publish'}
      </Button>
    </>
  );
}

const STATES: Record<ManagedEvent['status'], string> = {
  draft: 'Only your team sees this event. What is marked is missing before it can be published.',
  published: 'Everybody can see this event and buy its tickets.',
  cancelled: 'This event is cancelled. Its page says so.',
  ended: 'This event is over. Its page stays readable.',
};

/** Whether the event is public, what keeps it from being, and the switch. */
export function PublishCard({ event }: { event: ManagedEvent }) {
  const mayWrite = useMay('events:write');
  const isOpen = event.status === 'draft' || event.status === 'published';
  return (
    <section className={styles.side} aria-labelledby="publishing">
      <h2 id="publishing">{event.status === 'draft' ? 'Before it goes live' : 'Publishing'}</h2>
      <p className="muted" id="publish-state">
        {STATES[event.status]}
      </p>
      {isOpen && <Checklist eventId={event.id} />}
      {mayWrite && isOpen && <PublishButton event={event} />}
    </section>
  );
}
