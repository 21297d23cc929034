import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeConversation, replyToConversation } from '~/shared/api/generated/boxoffice';
import type { ConversationView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Inbox.module.css';
import { conversationQuery, inboxKey } from './queries';

/** After a change, the thread shows it at once and the queue is read anew. */
function useTaken() {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return (conversation: ConversationView) => {
    queryClient.setQueryData(conversationQuery(slug, conversation.id).queryKey, conversation);
    void queryClient.invalidateQueries({ queryKey: [...inboxKey(slug), 'list'] });
  };
}

function useReplying(id: string) {
  const { slug } = useArea();
  const take = useTaken();
  const key = useOnceKey();
  return useMutation({
    mutationFn: (message: string) => replyToConversation(slug, id, { message }, key.headers()),
    onSuccess: (conversation) => {
      key.settle();
      take(conversation);
    },
    onError: key.settle,
  });
}

function Resolve({ conversation }: { conversation: ConversationView }) {
  const { slug } = useArea();
  const take = useTaken();
  const tell = useTell();
  const isResolved = conversation.status === 'resolved';
  const changing = useMutation({
    mutationFn: () =>
      changeConversation(slug, conversation.id, { status: isResolved ? 'open' : 'resolved' }),
    onSuccess: (changed) => {
      take(changed);
      tell('good', isResolved ? 'Open again.' : 'Resolved. A new message opens it again.');
    },
  });
  return (
    <>
      <Button
        look="line"
        busy={changing.isPending ? 'One moment…' : null}
        onClick={() => {
          changing.mutate();
        }}
      >
        {isResolved ? 'Open again' : 'Resolve'}
      </Button>
      {changing.isError && <Trouble error={changing.error} />}
    </>
  );
}

/** Answers in the organizer's name. */
export function Reply({ conversation }: { conversation: ConversationView }) {
  const { name } = useArea();
  const replying = useReplying(conversation.id);
  const form = useAppForm<{ message: string }>({ message: 'reply' }, { message: '' });
  const submit = form.send(({ message }) => {
    if (replying.isPending) return;
    replying.mutate(message.trim(), {
      onSuccess: () => {
        form.reset();
      },
    });
  });
  return (
    <form className={styles.reply} noValidate aria-label="Answer" onSubmit={submit}>
      <Field
        {...form.register('message', {
          validate: (text) => text.trim() !== '' || 'Write a few words first.',
        })}
        id="reply"
        label={`Answer as ${name}`}
        rows={4}
        maxLength={5000}
        error={form.formState.errors.message?.message}
      />
      {replying.isError && <Trouble error={replying.error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={replying.isPending ? 'Sending…' : null}>
          Send answer
        </Button>
        <Resolve conversation={conversation} />
      </div>
    </form>
  );
}
