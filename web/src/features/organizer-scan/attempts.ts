import type { ScanView } from '~/shared/api/generated/boxoffice.schemas';

/** One presentation of a code. Its nonce makes sending it twice the same as sending it once. */
export interface Attempt {
  nonce: string;
  code: string;
  eventId: string;
  gate: string;
  scannedAt: string;
  /** How often it was sent without an answer. */
  failures: number;
}

export interface Outcome {
  attempt: Attempt;
  view: ScanView;
}

/** What the door sees of the newest scan. */
export type Shown =
  | { kind: 'checking'; nonce: string }
  | { kind: 'verdict'; nonce: string; outcome: Outcome }
  | { kind: 'unsent'; nonce: string }
  | { kind: 'failed'; nonce: string; error: unknown };

export interface ScanState {
  /** Without an answer so far, oldest first: under way, or to be sent again. */
  unsent: readonly Attempt[];
  shown: Shown | null;
  /** Answers of this visit, newest first. */
  log: readonly Outcome[];
}

export type ScanAction =
  | { type: 'scanned'; attempt: Attempt }
  | { type: 'answered'; nonce: string; view: ScanView }
  | { type: 'silent'; nonce: string }
  | { type: 'failed'; nonce: string; error: unknown }
  | { type: 'cleared'; nonce: string };

const REMEMBERED = 50;

/** The attempt for a code just seen: a code that still waits for its answer is the same attempt. */
export function attemptFor(
  unsent: readonly Attempt[],
  seen: Pick<Attempt, 'code' | 'eventId' | 'gate'>,
  fresh: Pick<Attempt, 'nonce' | 'scannedAt'>,
): Attempt {
  const waiting = unsent.find(
    ({ code, eventId }) => code === seen.code && eventId === seen.eventId,
  );
  return waiting ?? { ...seen, ...fresh, failures: 0 };
}

function answered(state: ScanState, nonce: string, view: ScanView): ScanState {
  const attempt = state.unsent.find((one) => one.nonce === nonce);
  if (attempt === undefined) return state;
  const outcome = { attempt, view };
  return {
    unsent: state.unsent.filter((one) => one !== attempt),
    shown: state.shown?.nonce === nonce ? { kind: 'verdict', nonce, outcome } : state.shown,
    log: [outcome, ...state.log].slice(0, REMEMBERED),
  };
}

function scanned(state: ScanState, attempt: Attempt): ScanState {
  const isKnown = state.unsent.some(({ nonce }) => nonce === attempt.nonce);
  return {
    ...state,
    unsent: isKnown ? state.unsent : [...state.unsent, attempt],
    shown: { kind: 'checking', nonce: attempt.nonce },
  };
}

function silent(state: ScanState, nonce: string): ScanState {
  return {
    ...state,
    unsent: state.unsent.map((one) =>
      one.nonce === nonce ? { ...one, failures: one.failures + 1 } : one,
    ),
    shown: state.shown?.nonce === nonce ? { kind: 'unsent', nonce } : state.shown,
  };
}

function failed(state: ScanState, nonce: string, error: unknown): ScanState {
  return {
    ...state,
    unsent: state.unsent.filter((one) => one.nonce !== nonce),
    shown: { kind: 'failed', nonce, error },
  };
}

/** No answer ever removes a scan from the queue except its own. */
export function scanReducer(state: ScanState, action: ScanAction): ScanState {
  switch (action.type) {
    case 'scanned':
      return scanned(state, action.attempt);
    case 'answered':
      return answered(state, action.nonce, action.view);
    case 'silent':
      return silent(state, action.nonce);
    case 'failed':
      return failed(state, action.nonce, action.error);
    case 'cleared':
      return state.shown?.nonce === action.nonce ? { ...state, shown: null } : state;
  }
}
