import type {
  EntryKind,
  GiftCardStatus,
  GiftCardView,
} from '~/shared/api/generated/boxoffice.schemas';
import { momentText } from '~/shared/organizer/orderWords';

export const STATUS: Record<GiftCardStatus, ['good' | 'over' | 'bad', string]> = {
  active: ['good', 'Active'],
  empty: ['over', 'Empty'],
  expired: ['over', 'Expired'],
  void: ['bad', 'Void'],
};

export const MOVED: Record<EntryKind, string> = {
  issued: 'Issued',
  spent: 'Paid for an order',
  given_back: 'Given back',
  adjusted: 'Adjusted',
  expired: 'Expired',
  voided: 'Voided',
};

/** "…9RTB": all that is shown of a code. */
export function nameOf({ code_end: end }: Pick<GiftCardView, 'code_end'>): string {
  return `…${end}`;
}

/** "until 12 Mar 2027, 23:59 · for tests · raffle". */
export function termsText({ expires_at: end, for_tests: isTest, note }: GiftCardView): string {
  return [
    end === null ? 'does not expire' : `until ${momentText(end)}`,
    isTest && 'for tests',
    note,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The day of that moment here, as a date field takes it; nothing for never. */
export function dayOf(moment: string | null): string {
  if (moment === null) return '';
  const at = new Date(moment);
  const two = (part: number) => String(part).padStart(2, '0');
  return [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
}

/** The last second of that day, here. */
export function endOfDay(day: string): string | null {
  return day === '' ? null : new Date(`${day}T23:59:59`).toISOString();
}
