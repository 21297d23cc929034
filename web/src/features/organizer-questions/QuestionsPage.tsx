import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ManagedEvent, Question } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { refusalText } from '~/shared/organizer/permissions';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { Button } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Deadline } from './Deadline';
import { List } from './List';
import { eventQuery } from './queries';
import { QuestionForm } from './QuestionForm';
import styles from './Questions.module.css';
import { useDownload } from './useDownload';

/** Who reads orders may take all answers with them. */
function Download({ event }: { event: ManagedEvent }) {
  const download = useDownload(event.id);
  if (!useMay('orders:read')) return null;
  return (
    <>
      {download.isError && <Trouble error={download.error} />}
      <Button
        look="line"
        busy={download.isPending ? 'Gathering…' : null}
        onClick={() => {
          download.mutate();
        }}
      >
        Download all answers
      </Button>
    </>
  );
}

function Desk({ event }: { event: ManagedEvent }) {
  const [edited, setEdited] = useState<Question | 'new' | null>(null);
  const close = () => {
    setEdited(null);
  };
  return (
    <div className={styles.page}>
      {edited === null ? (
        <div className={styles.buttons}>
          <Button
            onClick={() => {
              setEdited('new');
            }}
          >
            <Icon name="plus" /> New question
          </Button>
          <Download event={event} />
        </div>
      ) : (
        <QuestionForm
          key={edited === 'new' ? 'new' : edited.id}
          event={event}
          question={edited === 'new' ? null : edited}
          close={close}
        />
      )}
      <List event={event} onEdit={setEdited} />
      <Deadline event={event} />
    </div>
  );
}

function Body({ eventId }: { eventId: string }) {
  const { slug, role, name } = useArea();
  const read = useQuery(eventQuery(slug, eventId));
  if (!useMay('events:write')) {
    return (
      <Panel tone="plain" icon="user">
        <p>{refusalText('events:write', role, name)}</p>
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
  return <Desk event={read.data} />;
}

/** What the organizer wants to know of buyers and guests. */
export function QuestionsPage({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const event = useQuery(eventQuery(slug, eventId));
  const back = { to: paths.managedEvent(slug, eventId), label: event.data?.title ?? 'Event' };
  return (
    <Page title="Questions" back={back}>
      <Body eventId={eventId} />
    </Page>
  );
}
