import { useEffect, useRef } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';
import { dueOf } from '~/shared/orders/tender';
import { Expired } from './Expired';
import { mustApply } from './queries';
import { Refused } from './Refused';
import { EDITING, type Submission } from './submission';
import styles from './Checkout.module.css';
import { submitText, words } from './words';

/** What sending means: an application, a payment, or taking what is free. */
function sendWords(order: OrderView) {
  if (mustApply(order)) {
    return {
      send: words.applySend,
      working: words.applyWorking,
      terms: words.applyTerms,
      checking: words.applyChecking,
    };
  }
  const isPaid = dueOf(order).amount > 0;
  return {
    send: submitText(order),
    working: isPaid ? words.working : words.workingFree,
    terms: words.terms,
    checking: isPaid ? words.checking : words.checkingFree,
  };
}

/** A refusal, which takes the focus so that it cannot be missed. */
function RefusedNow({ error }: { error: unknown }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, [error]);
  return (
    <div ref={box} tabIndex={-1}>
      <Refused error={error} />
    </div>
  );
}

interface FinishProps {
  order: OrderView;
  submission: Submission;
  /** The ways to pay are on their way: until then there is nothing to send. */
  isPreparing: boolean;
}

/** The one button, with what the last attempt came to above it. */
function Send({ order, submission, isPreparing }: FinishProps) {
  const says = sendWords(order);
  const waiting = isPreparing ? words.loadingWays : null;
  const { error, note } = submission.phase === 'editing' ? submission : EDITING;
  return (
    <div className={styles.finish}>
      {error !== null && <RefusedNow error={error} />}
      {note !== null && (
        <Panel role="alert">
          <p>{note}</p>
        </Panel>
      )}
      <p className="muted">{says.terms}</p>
      <Button type="submit" wide busy={submission.phase === 'sending' ? says.working : waiting}>
        {says.send}
      </Button>
    </div>
  );
}

function Unknown({ order }: { order: OrderView }) {
  return (
    <Panel tone="careful" role="alert">
      <p>{words.stillUnknown}</p>
      <ButtonLink to={paths.order(order.token)}>Open your order {order.code}</ButtonLink>
    </Panel>
  );
}

/** The end of the page, in every phase of the purchase. */
export function Finish({ order, submission, isPreparing }: FinishProps) {
  switch (submission.phase) {
    case 'expired':
      return <Expired order={order} />;
    case 'checking':
      return (
        <Panel tone="careful" role="status">
          <p>{sendWords(order).checking}</p>
        </Panel>
      );
    case 'unknown':
      return <Unknown order={order} />;
    case 'editing':
    case 'sending':
      return <Send order={order} submission={submission} isPreparing={isPreparing} />;
  }
}
