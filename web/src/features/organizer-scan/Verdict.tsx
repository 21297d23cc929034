import { useEffect } from 'react';
import { sentenceOf } from '~/shared/api/problems';
import { Icon } from '~/shared/icons/Icon';
import type { Outcome, Shown } from './attempts';
import styles from './Verdict.module.css';
import { adviceText, VERDICTS } from './words';

const STAY_MS = 3_000;

interface VerdictProps {
  shown: Shown | null;
  onClear: (nonce: string) => void;
}

function Person({ outcome }: { outcome: Outcome }) {
  const { view } = outcome;
  return (
    <>
      {view.attendee_name !== null && (
        <p className={styles.name}>
          <bdi>{view.attendee_name}</bdi>
        </p>
      )}
      {view.ticket_type_name !== null && (
        <p className={styles.type}>
          {view.ticket_type_name}
          {view.order_code !== null && <span className={styles.order}> {view.order_code}</span>}
        </p>
      )}
    </>
  );
}

interface Look {
  tone: 'admitted' | 'refused' | 'unsure';
  word: string;
  advice: string;
}

function lookOf(shown: Exclude<Shown, { kind: 'checking' }>, now: Date): Look {
  switch (shown.kind) {
    case 'verdict': {
      const { view } = shown.outcome;
      return { tone: view.verdict, word: VERDICTS[view.reason], advice: adviceText(view, now) };
    }
    case 'unsent':
      return {
        tone: 'unsure',
        word: 'No answer yet',
        advice: 'The server did not answer. The scan is kept and sent again; let the guest wait.',
      };
    case 'failed':
      return { tone: 'unsure', word: 'Not checked', advice: sentenceOf(shown.error) };
  }
}

function Screen({
  shown,
  onClear,
}: {
  shown: Exclude<Shown, { kind: 'checking' }>;
  onClear: () => void;
}) {
  const { tone, word, advice } = lookOf(shown, new Date());
  const icon = { admitted: 'check', refused: 'cross', unsure: 'alert' } as const;
  return (
    <div className={`${styles.screen ?? ''} ${styles[tone] ?? ''}`}>
      <div className={styles.mark}>
        <Icon name={icon[tone]} size={160} />
      </div>
      <p className={styles.word}>{word}</p>
      {shown.kind === 'verdict' && <Person outcome={shown.outcome} />}
      {advice !== '' && <p className={styles.advice}>{advice}</p>}
      <button type="button" className={styles.next} onClick={onClear}>
        Next guest
      </button>
    </div>
  );
}

/** Escape means "next", and so does moving on to what the answer covers; a welcome leaves by itself. */
function useLeaving(nonce: string | null, isWelcome: boolean, onClear: VerdictProps['onClear']) {
  useEffect(() => {
    if (nonce === null || !isWelcome) return;
    const timer = window.setTimeout(onClear, STAY_MS, nonce);
    return () => {
      window.clearTimeout(timer);
    };
  }, [nonce, isWelcome, onClear]);
  useEffect(() => {
    if (nonce === null) return;
    const leave = (press: KeyboardEvent) => {
      if (press.key === 'Escape') onClear(nonce);
    };
    const uncover = (move: FocusEvent) => {
      const isAbove =
        move.target instanceof Element && move.target.closest('[data-above]') !== null;
      if (!isAbove) onClear(nonce);
    };
    document.addEventListener('keydown', leave);
    document.addEventListener('focusin', uncover);
    return () => {
      document.removeEventListener('keydown', leave);
      document.removeEventListener('focusin', uncover);
    };
  }, [nonce, onClear]);
}

function Answer({ shown, onClear }: { shown: Shown; onClear: () => void }) {
  if (shown.kind === 'checking') return <p className={styles.checking}>Checking…</p>;
  return <Screen shown={shown} onClear={onClear} />;
}

function isWelcome(shown: Shown | null): boolean {
  return shown?.kind === 'verdict' && shown.outcome.view.verdict === 'admitted';
}

/** Covers the screen with the answer to the newest scan. */
export function Verdict({ shown, onClear }: VerdictProps) {
  useLeaving(shown?.nonce ?? null, isWelcome(shown), onClear);
  return (
    <div role="status" aria-live="assertive" data-above="">
      {shown !== null && (
        <Answer
          shown={shown}
          onClear={() => {
            onClear(shown.nonce);
          }}
        />
      )}
    </div>
  );
}
