import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { questionnaireQuery } from '~/shared/questions/queries';
import { Questions } from '~/shared/questions/Questions';
import { useAnswers } from '~/shared/questions/useAnswers';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import styles from './Changes.module.css';

/** Until when this order's answers can be corrected; null if they cannot, or nothing is asked. */
export function useAnswersUntil(order: OrderView): string | null {
  const { data: sheet } = useQuery(questionnaireQuery(order));
  if (sheet?.editable !== true || sheet.questions.length === 0) return null;
  return sheet.editable_until;
}

function Correcting({ order, close }: { order: OrderView; close: () => void }) {
  const answers = useAnswers(order);
  const tell = useTell();
  const saving = useMutation({
    mutationFn: answers.send,
    onSuccess: () => {
      tell('good', 'Your answers are saved.');
      close();
    },
  });
  return (
    <form
      className={styles.form}
      noValidate
      aria-label="Your answers"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!saving.isPending && answers.check()) saving.mutate();
      }}
    >
      <ErrorSummary mistakes={answers.mistakes} attempt={answers.attempt} />
      <Questions order={order} answers={answers} isBare />
      {saving.error !== null && answers.mistakes.length === 0 && (
        <ErrorPanel error={saving.error} />
      )}
      <div className={styles.buttons}>
        <Button type="submit" busy={saving.isPending ? 'Saving…' : null}>
          Save answers
        </Button>
        <Button look="line" onClick={close}>
          Leave them
        </Button>
      </div>
    </form>
  );
}

/** What the organizer asked, to be answered otherwise. */
export function Answers({ order, until }: { order: OrderView; until: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.part}>
      <h3>Your answers</h3>
      <p className="muted">
        What the organizer asked you can be corrected until {dateTimeText(until, order.timezone)}.
      </p>
      {isOpen ? (
        <Correcting
          order={order}
          close={() => {
            setOpen(false);
          }}
        />
      ) : (
        <div>
          <Button
            look="line"
            onClick={() => {
              setOpen(true);
            }}
          >
            Correct answers
          </Button>
        </div>
      )}
    </div>
  );
}
