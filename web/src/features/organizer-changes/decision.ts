import type {
  CancelDatesBody,
  ManagedEvent,
  OccurrenceView,
  PostponeDatesBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits } from '~/shared/organizer/prices';

export type Kind = 'cancel' | 'postpone';
export type RefundAs = 'money' | 'gift_card';
export type Refund = 'full' | 'keep_fee' | 'none';

/** What is being filled in. `date` is empty for the whole event. */
export interface Decision {
  date: string;
  refund: Refund;
  refundAs: RefundAs;
  percent: string;
  perTicket: string;
  startsAt: string;
  message: string;
}

/** The dates that can still be changed. */
export function changeable(event: ManagedEvent, now: number): OccurrenceView[] {
  return event.occurrences.filter(
    ({ status, ends_at: end }) => status !== 'cancelled' && Date.parse(end) > now,
  );
}

export function isPercent(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= 100;
}

function datesOf(decision: Decision): { occurrence_ids?: string[] } {
  return decision.date === '' ? {} : { occurrence_ids: [decision.date] };
}

export function cancelBody(decision: Decision, currency: string): CancelDatesBody {
  const keeps = decision.refund === 'keep_fee';
  return {
    ...datesOf(decision),
    refund: decision.refund,
    refund_as: decision.refund === 'none' ? 'money' : decision.refundAs,
    message: decision.message,
    keep_percent: keeps ? Number(decision.percent) : 0,
    keep_per_ticket: keeps ? (minorUnits(decision.perTicket, currency) ?? 0) : 0,
  };
}

export function postponeBody(decision: Decision): PostponeDatesBody {
  return { ...datesOf(decision), starts_at: decision.startsAt, message: decision.message };
}
