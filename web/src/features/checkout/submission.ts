import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { hasCode, isUncertain } from '~/shared/api/problems';
import { isOpen } from '~/shared/orders/isOpen';

/** Where a purchase stands. The form can be sent only while `editing`. */
export type Submission =
  | { phase: 'editing'; error: unknown; note: string | null }
  | { phase: 'sending' }
  | { phase: 'checking' }
  | { phase: 'unknown' }
  | { phase: 'expired' };

type Answer =
  /** The purchase went out and no good answer came: perhaps it had its effect. */
  | { type: 'failed'; error: unknown }
  /** It never went out. */
  | { type: 'refused'; error: unknown }
  | { type: 'notCharged'; note: string };

export type SubmissionAction = Answer | { type: 'sent' } | { type: 'gaveUp' } | { type: 'expired' };

export const EDITING: Extract<Submission, { phase: 'editing' }> = {
  phase: 'editing',
  error: null,
  note: null,
};

const LATE = ['hold_expired', 'paid_too_late'];
/** Another attempt is on its way, or has succeeded: only the order itself can tell. */
const TWICE = ['payment_under_way', 'already_paid', 'idempotency_key_in_use'];

function afterRefusal(error: unknown): Submission {
  return hasCode(error, ...LATE) ? { phase: 'expired' } : { phase: 'editing', error, note: null };
}

function afterAnswer(answer: Answer): Submission {
  switch (answer.type) {
    case 'failed': {
      const isOpen = isUncertain(answer.error) || hasCode(answer.error, ...TWICE);
      return isOpen ? { phase: 'checking' } : afterRefusal(answer.error);
    }
    case 'refused':
      return afterRefusal(answer.error);
    case 'notCharged':
      return { phase: 'editing', error: null, note: answer.note };
  }
}

export function submissionReducer(state: Submission, action: SubmissionAction): Submission {
  switch (action.type) {
    case 'sent':
      return state.phase === 'editing' ? { phase: 'sending' } : state;
    case 'expired':
      // A purchase being sent may still succeed: only its own answer ends it.
      return state.phase === 'sending' ? state : { phase: 'expired' };
    case 'gaveUp':
      return { phase: 'unknown' };
    default:
      return afterAnswer(action);
  }
}

export function submissionAtStart(order: OrderView): Submission {
  return isOpen(order) ? EDITING : { phase: 'expired' };
}

/** What a re-read order says about a purchase whose answer got lost. */
export function verdictOf(order: OrderView): 'bought' | 'pending' | 'notCharged' | 'over' {
  if (order.status === 'confirmed') return 'bought';
  if (order.payment_status === 'pending' || order.status === 'awaiting_approval') return 'pending';
  return isOpen(order) ? 'notCharged' : 'over';
}
