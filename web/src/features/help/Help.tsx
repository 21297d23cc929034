import { useQuery } from '@tanstack/react-query';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Opener } from '~/shared/ui/Opener';
import styles from './Help.module.css';
import { MessageForm } from './MessageForm';
import { conversationsQuery } from './queries';
import { Thread } from './Thread';
import { useAsking } from './useAsking';

function NewQuestion({ order }: { order: OrderView }) {
  const asking = useAsking(order, null);
  return (
    <Opener
      label={
        <>
          <Icon name="help" /> Ask the organizer
        </>
      }
    >
      {() => (
        <MessageForm
          label="What is it about?"
          hint="The organizer sees your order, so there is no need to repeat it. The answer comes here and by mail."
          submit="Send"
          sending={asking}
        />
      )}
    </Opener>
  );
}

/** "Need help with this order": the conversations so far, or the way to start one. */
export function Help({ order }: { order: OrderView }) {
  const read = useQuery(conversationsQuery(order));
  return (
    <section className={styles.help} aria-labelledby="help">
      <h2 id="help">Need help with this order?</h2>
      {read.isError && <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />}
      {read.data?.map((conversation) => (
        <Thread key={conversation.id} order={order} conversation={conversation} />
      ))}
      {read.data?.every(({ status }) => status === 'resolved') === true && (
        <NewQuestion order={order} />
      )}
    </section>
  );
}
