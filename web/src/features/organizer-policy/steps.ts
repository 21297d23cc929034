import type { FeeStep } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { percentText } from '~/shared/format/percent';

/** "3 days before it begins", "5 hours before it begins", "until it begins". */
export function untilText(hours: number): string {
  if (hours === 0) return 'until it begins';
  const words = hours % 24 === 0 ? countText(hours / 24, 'day') : countText(hours, 'hour');
  return `until ${words} before it begins`;
}

/** "for nothing", "10 % and €1.00 of each ticket". */
export function feeText({ percent = 0, fixed = 0 }: FeeStep, currency: string): string {
  const parts = [
    percent > 0 && percentText(percent),
    fixed > 0 && moneyText({ amount: fixed, currency }),
  ].filter(Boolean);
  return parts.length === 0 ? 'for nothing' : `for ${parts.join(' and ')} of each ticket`;
}
