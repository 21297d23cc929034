import type { TaxCaseBody } from '~/shared/api/generated/boxoffice.schemas';
import { shareOf } from '~/shared/format/percent';

/** Another rate for some buyers, as typed. */
export interface CaseDraft {
  country: string;
  customer: 'any' | 'consumer' | 'business' | 'reverse_charge';
  rate: string;
}

export const BUYERS: Record<CaseDraft['customer'], string> = {
  any: 'anybody',
  consumer: 'consumers',
  business: 'businesses, with a VAT number',
  reverse_charge: 'businesses that owe the tax themselves',
};

export const RATE_MISTAKE = 'Give a percentage such as 20 or 0.';

/** In thousandths of a percent; null when it is none. Under reverse charge there is no rate. */
export function rateOf({ customer, rate }: CaseDraft): number | null {
  return customer === 'reverse_charge' ? 0 : shareOf(rate);
}

export function caseBody(draft: CaseDraft): TaxCaseBody {
  const isReversed = draft.customer === 'reverse_charge';
  return {
    country: draft.country || null,
    customer: draft.customer === 'reverse_charge' ? 'business' : draft.customer,
    rate: rateOf(draft) ?? 0,
    reverse_charge: isReversed,
  };
}
