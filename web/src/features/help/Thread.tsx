import type { ConversationView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import styles from './Help.module.css';
import { MessageForm } from './MessageForm';
import { useAsking } from './useAsking';

const sentAt = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const STATES: Record<ConversationView['status'], string> = {
  open: 'Waiting for the organizer',
  pending: 'Waiting for you',
  resolved: 'Resolved',
};

/** One conversation, oldest message first, with the way to answer. */
export function Thread({
  order,
  conversation,
}: {
  order: OrderView;
  conversation: ConversationView;
}) {
  const asking = useAsking(order, conversation.id);
  return (
    <article className={styles.thread} aria-label={conversation.subject || 'Conversation'}>
      <p>
        <span className="badge">{STATES[conversation.status]}</span>
      </p>
      <ol className={styles.messages}>
        {conversation.messages.map((message) => (
          <li key={message.id} className={styles[message.author]}>
            <p className={styles.meta}>
              <bdi>{message.author_name}</bdi>,{' '}
              <time dateTime={message.sent_at}>{sentAt.format(new Date(message.sent_at))}</time>
            </p>
            <p className={styles.body}>{message.body}</p>
          </li>
        ))}
      </ol>
      <MessageForm
        label={conversation.status === 'resolved' ? 'Something left?' : 'Write back'}
        submit="Send"
        sending={asking}
      />
    </article>
  );
}
