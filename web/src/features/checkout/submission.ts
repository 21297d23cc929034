import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { hasCode, isUncertain } from '~/shared/api/problems';

/** Where a purchase stands. The form can be sent only while `editing`. */
export type Submission =
  | { phase: 'editing'; error: unknown; note: string | null }
  | { phase: 'sending' }
  | { phase: 'checking' }
  | { phase: 'unknown' }
  | { phase: 'expired' };

export type SubmissionAction =
  | { type: 'sent' }
  | { type: 'failed'; error: unknown }
  | { type: 'notCharged'; note: string }
  | { type: 'gaveUp' }
  | { type: 'expired' };

export const EDITING: Extract<Submission, { phase: 'editing' }> = {
  phase: 'editing',
  error: null,
  note: null,
};

const LATE = ['hold_expired', 'paid_too_late'];
/** Another attempt is on its way, or has succeeded: only the order itself can tell. */
const TWICE = ['payment_under_way', 'already_paid', 'idempotency_key_in_use'];

function afterFailure(error: unknown): Submission {
  if (isUncertain(error) || hasCode(error, ...TWICE)) return { phase: 'checking' };
  if (hasCode(error, ...LATE)) return { phase: 'expired' };
  return { phase: 'editing', error, note: null };
}

export function submissionReducer(state: Submission, action: SubmissionAction): Submission {
  switch (action.type) {
    case 'sent':
      return state.phase === 'editing' ? { phase: 'sending' } : state;
    case 'failed':
      return afterFailure(action.error);
    case 'notCharged':
      return { phase: 'editing', error: null, note: action.note };
    case 'gaveUp':
      return { phase: 'unknown' };
    case 'expired':
      // A purchase being sent may still succeed: only its own answer ends it.
      return state.phase === 'sending' ? state : { phase: 'expired' };
  }
}

export function submissionAtStart(order: OrderView): Submission {
  return order.status === 'held' || order.status === 'awaiting_payment'
    ? EDITING
    : { phase: 'expired' };
}

/** What a re-read order says about a purchase whose answer got lost. */
export function verdictOf(order: OrderView): 'bought' | 'pending' | 'notCharged' | 'over' {
  if (order.status === 'confirmed') return 'bought';
  if (order.payment_status === 'pending') return 'pending';
  return order.status === 'held' || order.status === 'awaiting_payment' ? 'notCharged' : 'over';
}
