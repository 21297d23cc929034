import { useState } from 'react';
import type { ManagedEvent, Question } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { Deadline } from './Deadline';
import { List } from './List';
import { QuestionForm } from './QuestionForm';
import styles from '~/shared/organizer/Settings.module.css';
import { useDownload } from './useDownload';
import { EventPage } from '~/shared/organizer/EventPage';

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

/** What the organizer wants to know of buyers and guests. */
export function QuestionsPage({ eventId }: { eventId: string }) {
  return (
    <EventPage eventId={eventId} title="Questions" to="events:write">
      {(event) => <Desk event={event} />}
    </EventPage>
  );
}
