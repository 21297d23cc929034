import { useSearchParams } from 'react-router';
import { Page } from '~/shared/organizer/Page';
import { filterOf } from './filters';
import styles from './Inbox.module.css';
import { FilterTabs } from './FilterTabs';
import { Queue } from './Queue';
import { Thread } from './Thread';

function Unchosen() {
  return (
    <div className={styles.unchosen}>
      <p className="muted">Choose a conversation to read and answer it.</p>
    </div>
  );
}

/** Buyers' questions: the queue, the thread, and beside it the buyer with the order. */
export function Inbox({ openId }: { openId: string | null }) {
  const [search] = useSearchParams();
  const filter = filterOf(search);
  return (
    <Page title="Help">
      <div className={`${styles.inbox ?? ''} ${openId === null ? '' : (styles.reading ?? '')}`}>
        <div className={styles.queue}>
          <FilterTabs filter={filter} />
          <Queue filter={filter} openId={openId} />
        </div>
        {openId === null ? <Unchosen /> : <Thread key={openId} id={openId} filter={filter} />}
      </div>
    </Page>
  );
}
