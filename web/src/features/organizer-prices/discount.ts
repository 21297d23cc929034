import type { DiscountBody } from '~/shared/api/generated/boxoffice.schemas';
import { shareOf } from '~/shared/format/percent';
import { minorUnits, wholeNumber } from '~/shared/organizer/prices';

/** What a discount takes off, and for what. */
export type Kind = 'percent' | 'amount' | 'dates_percent' | 'dates_amount' | 'n_for_m';

/** A discount as typed. */
export interface Draft {
  name: string;
  kind: Kind;
  count: string;
  value: string;
  type: string;
  vouchers: 'apart' | 'too';
}

export const EMPTY: Draft = {
  name: '',
  kind: 'percent',
  count: '',
  value: '',
  type: '',
  vouchers: 'apart',
};
export const IDS: Record<keyof Draft, string> = {
  name: 'discount-name',
  kind: 'discount-kind',
  count: 'discount-count',
  value: 'discount-value',
  type: 'discount-type',
  vouchers: 'discount-vouchers',
};

const isShare = (kind: Kind) => kind === 'percent' || kind === 'dates_percent';
const isForDates = (kind: Kind) => kind === 'dates_percent' || kind === 'dates_amount';
const positive = (number: number | null) => (number === 0 ? null : number);

/** The number beside the kind: a share, minor units, or how many are paid; null when it is none. */
export function valueOf({ kind, value, count }: Draft, currency: string): number | null {
  if (isShare(kind)) return positive(shareOf(value));
  if (kind !== 'n_for_m') return positive(minorUnits(value, currency));
  const paid = wholeNumber(value, 1);
  return paid !== null && paid < (wholeNumber(count, 2) ?? 0) ? paid : null;
}

function kindOf(kind: Kind): NonNullable<DiscountBody['kind']> {
  if (kind === 'n_for_m') return kind;
  return isForDates(kind) ? 'dates' : 'group';
}

/** The discount as it is sent. */
export function discountOf(draft: Draft, currency: string): DiscountBody {
  const value = valueOf(draft, currency) ?? 0;
  const kind = kindOf(draft.kind);
  const isAmount = kind !== 'n_for_m' && !isShare(draft.kind);
  return {
    name: draft.name.trim(),
    kind,
    count: wholeNumber(draft.count, 1) ?? 1,
    pay: kind === 'n_for_m' ? value : null,
    percent: isShare(draft.kind) ? value : 0,
    amount: isAmount ? value : 0,
    ticket_type_ids: draft.type === '' ? [] : [draft.type],
    with_vouchers: draft.vouchers === 'too',
  };
}

const PERCENTAGE = 'Give a percentage such as 10.';
const AMOUNT = 'Give an amount such as 5.00.';
export const MISTAKE: Record<Kind, string> = {
  percent: PERCENTAGE,
  amount: AMOUNT,
  dates_percent: PERCENTAGE,
  dates_amount: AMOUNT,
  n_for_m: 'Fewer are paid than are taken.',
};

/** What is counted, and the mistake in it; one date is no different one. */
export function countLabel(kind: Kind): string {
  if (kind === 'n_for_m') return 'How many are taken';
  return isForDates(kind) ? 'From how many different dates on' : 'From how many tickets on';
}

export function countMistake({ count, kind }: Draft): string | true {
  const least = isForDates(kind) ? 2 : 1;
  if (wholeNumber(count, least) !== null) return true;
  return least === 2 ? 'Ask for two different dates at least.' : 'Say how many.';
}
