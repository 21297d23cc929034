import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import styles from './Orders.module.css';
import { questionsQuery } from './queries';
import { momentText } from '~/shared/organizer/orderWords';

/** What the buyer asked about this order, if anything. */
export function Questions({ orderId }: { orderId: string }) {
  const { slug } = useArea();
  const read = useQuery(questionsQuery(slug, orderId));
  if (read.data === undefined || read.data.length === 0) {
    return read.isError ? <Trouble error={read.error} onRetry={() => void read.refetch()} /> : null;
  }
  return (
    <section className={styles.box} aria-labelledby="questions">
      <h2 id="questions">Questions</h2>
      <ul>
        {read.data.map((conversation) => (
          <li key={conversation.id} className={styles.question}>
            <Link to={paths.conversation(slug, conversation.id)}>{conversation.subject}</Link>
            <span className="muted">{momentText(conversation.updated_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
