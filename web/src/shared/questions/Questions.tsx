import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { groupsOf, keyOf, type Place } from './asked';
import { FileField } from './FileField';
import { QuestionField } from './QuestionField';
import styles from './Questions.module.css';
import type { Answers } from './useAnswers';

interface QuestionsProps {
  order: OrderView;
  answers: Answers;
  /** What was answered stands; the rest may still be. */
  isSent?: boolean;
  /** It has a heading already. */
  isBare?: boolean;
}

function One({ order, answers, isSent, place }: QuestionsProps & { place: Place }) {
  const known = answers.sheet?.answers.find(
    (one) => keyOf(one.question_id, one.ticket) === place.key,
  );
  if (isSent === true && known !== undefined) {
    return (
      <p className={styles.sent}>
        <b>{place.question.label}</b>
        <br />
        {known.shown}
      </p>
    );
  }
  const props = {
    place,
    value: answers.values[place.key],
    error: answers.wrong[place.key],
    onChange: (value: Parameters<Answers['set']>[1]) => {
      answers.set(place.key, value);
    },
  };
  if (place.question.kind !== 'file') return <QuestionField {...props} />;
  return <FileField {...props} order={order} known={known?.file?.name} />;
}

/** What the organizer asks: about the order, then ticket by ticket. */
export function Questions({ order, answers, isSent = false, isBare = false }: QuestionsProps) {
  const { sheet, isLoading, error } = answers;
  if (isLoading) {
    return (
      <Loading label="Loading the organizer’s questions">
        <Skeleton height={160} />
      </Loading>
    );
  }
  if (error !== null) return <ErrorPanel error={error} onRetry={answers.retry} />;
  const groups = sheet === undefined ? [] : groupsOf(sheet, answers.values);
  if (groups.length === 0) return null;
  return (
    <section className={styles.questions} aria-label="Questions">
      {!isBare && (
        <>
          <h2>Questions</h2>
          <p className="muted">The organizer asks for this.</p>
        </>
      )}
      {groups.map(({ key, heading, places }) => (
        <div
          key={key}
          className={styles.group}
          {...(heading !== null && { role: 'group', 'aria-label': heading })}
        >
          {heading !== null && (isBare ? <h4>{heading}</h4> : <h3>{heading}</h3>)}
          {places.map((place) => (
            <One key={place.key} order={order} answers={answers} isSent={isSent} place={place} />
          ))}
        </div>
      ))}
    </section>
  );
}
