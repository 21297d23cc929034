import { useQuery } from '@tanstack/react-query';
import type { AnswerView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './Orders.module.css';
import { answersQuery } from './queries';
import { useFile } from './useFile';

function Said({ order, answer }: { order: OrderView; answer: AnswerView }) {
  const file = useFile(order.id);
  if (answer.file === null) return <>{answer.shown}</>;
  const { id, name } = answer.file;
  return (
    <button
      type="button"
      className={styles.fileLink}
      onClick={() => {
        file.mutate({ id, name });
      }}
    >
      {name}
    </button>
  );
}

/** What the buyer and the guests have answered. */
export function Answers({ order }: { order: OrderView }) {
  const { slug } = useArea();
  const read = useQuery(answersQuery(slug, order));
  if (order.asks !== true) return null;
  return (
    <section className={styles.box} aria-labelledby="answers">
      <h2 id="answers">Answers</h2>
      {read.isPending && (
        <Loading label="Loading the answers">
          <Skeleton height={80} />
        </Loading>
      )}
      {read.isError && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {read.data?.answers.length === 0 && <p className="muted">Nothing was answered.</p>}
      <dl className={styles.answers}>
        {read.data?.answers.map((answer) => (
          <div key={`${answer.question_id} ${String(answer.ticket)}`}>
            <dt>
              {answer.label}
              {answer.ticket !== null && (
                <span className="muted"> · ticket {String(answer.ticket)}</span>
              )}
            </dt>
            <dd>
              <Said order={order} answer={answer} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
