import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { ConversationView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { Status } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { About } from './About';
import { searchOf, type Filter } from './filters';
import styles from './Inbox.module.css';
import { conversationQuery } from './queries';
import { Reply } from './Reply';
import { sentText, statusWords } from './words';

/** Names the conversation and takes the focus when another one is opened. */
function Head({ conversation }: { conversation: ConversationView }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  const { tone, word } = statusWords(conversation.status);
  return (
    <header className={styles.head}>
      <h2 ref={heading} tabIndex={-1}>
        {conversation.subject}
      </h2>
      <Status tone={tone}>{word}</Status>
    </header>
  );
}

function Messages({ conversation }: { conversation: ConversationView }) {
  return (
    <ol className={styles.messages} aria-label="Messages">
      {conversation.messages.map((message) => (
        <li key={message.id} className={styles[message.author]}>
          <p className={styles.meta}>
            <bdi>{message.author_name}</bdi>,{' '}
            <time dateTime={message.sent_at}>{sentText(message.sent_at)}</time>
          </p>
          <p className={styles.body}>{message.body}</p>
        </li>
      ))}
    </ol>
  );
}

/** One conversation with the way to answer, and whom it is with. */
export function Thread({ id, filter }: { id: string; filter: Filter }) {
  const { slug } = useArea();
  const read = useQuery(conversationQuery(slug, id));
  const back = (
    <Link className={styles.back} to={paths.inbox(slug) + searchOf(filter)}>
      <Icon name="back" size={18} /> All conversations
    </Link>
  );
  if (read.data === undefined) {
    return (
      <div className={styles.thread}>
        {back}
        {read.isPending ? (
          <Loading label="Loading the conversation">
            <Skeleton height={320} />
          </Loading>
        ) : (
          <Trouble error={read.error} onRetry={() => void read.refetch()} />
        )}
      </div>
    );
  }
  return (
    <>
      <section className={styles.thread} aria-label="Conversation">
        {back}
        <Head conversation={read.data} />
        <Messages conversation={read.data} />
        <Reply conversation={read.data} />
      </section>
      <About conversation={read.data} />
    </>
  );
}
