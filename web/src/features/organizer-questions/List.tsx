import { deleteQuestion, orderQuestions } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, Question } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { EmptyState } from '~/shared/ui/EmptyState';
import { termsText } from './draft';
import styles from '~/shared/organizer/Settings.module.css';
import { useChanging } from './useChanging';

interface ListProps {
  event: ManagedEvent;
  onEdit: (question: Question) => void;
}

function swapped(ids: readonly string[], place: number): string[] {
  const [one, other] = [ids[place - 1], ids[place]];
  if (one === undefined || other === undefined) return [...ids];
  return [...ids.slice(0, place - 1), other, one, ...ids.slice(place + 1)];
}

/** The questions in the order in which they are asked. */
export function List({ event, onEdit }: ListProps) {
  const { slug } = useArea();
  const changing = useChanging(event.id);
  const questions = event.questions ?? [];
  const ids = questions.map(({ id }) => id);
  if (questions.length === 0) {
    return (
      <EmptyState title="No questions yet">
        <p>Buyers are asked for a name and an e-mail address, and nothing else.</p>
      </EmptyState>
    );
  }
  return (
    <section className={styles.section} aria-label="Questions">
      {changing.isError && <Trouble error={changing.error} />}
      <ol className={styles.items}>
        {questions.map((question, place) => (
          <li key={question.id}>
            <span>
              {question.label}
              <span className={styles.sub}>{termsText(question, event)}</span>
            </span>
            <span className={styles.buttons}>
              {place > 0 && (
                <Button
                  look="text"
                  onClick={() => {
                    const order = { ids: swapped(ids, place) };
                    changing.mutate(() => orderQuestions(slug, event.id, order));
                  }}
                >
                  Move up <span className="vh">{question.label}</span>
                </Button>
              )}
              <Button
                look="text"
                onClick={() => {
                  onEdit(question);
                }}
              >
                Change <span className="vh">{question.label}</span>
              </Button>
              <Button
                look="text"
                onClick={() => {
                  changing.mutate(() => deleteQuestion(slug, event.id, question.id));
                }}
              >
                Delete <span className="vh">{question.label}</span>
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <p>Answers that were given stay readable, whatever becomes of their question.</p>
    </section>
  );
}
