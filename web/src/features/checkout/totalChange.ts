import type { Money } from '~/shared/api/generated/boxoffice.schemas';
import { factOf, hasCode } from '~/shared/api/problems';
import { moneyText } from '~/shared/format/money';
import { dueOf } from '~/shared/orders/tender';

interface Costs {
  total: Money;
  due?: Money;
}

/** What the page shows when the button is pressed: nothing else is paid. */
export function expected(shown: Costs) {
  return { expected_total: shown.total.amount, expected_due: dueOf(shown).amount };
}

/** What tells one attempt from another: for another total it is a new one, under a new key. */
export function attemptOf(how: string, shown: ReturnType<typeof expected>): string {
  return [how, shown.expected_total, shown.expected_due].join('·');
}

/** It costs something else than was shown; the page found out before anything was sent. */
export class TotalChanged extends Error {
  readonly before: Costs;
  readonly now: Costs;

  constructor(before: Costs, now: Costs) {
    super('The total has changed.');
    this.before = before;
    this.now = now;
  }
}

/** Throws `TotalChanged` unless it costs what was shown. */
export function checkShown(before: Costs, now: Costs): void {
  const isSame =
    before.total.amount === now.total.amount && dueOf(before).amount === dueOf(now).amount;
  if (!isSame) throw new TotalChanged(before, now);
}

function costsIn(error: unknown, when: 'old' | 'new'): Costs {
  const currency = factOf(error, 'currency') as string;
  const amount = (what: string) => factOf(error, `${when}_${what}`) as number;
  return {
    total: { amount: amount('total'), currency },
    due: { amount: amount('due'), currency },
  };
}

function changeOf(error: unknown): { before: Costs; now: Costs } | null {
  if (error instanceof TotalChanged) return error;
  if (!hasCode(error, 'total_changed')) return null;
  return { before: costsIn(error, 'old'), now: costsIn(error, 'new') };
}

/** What has changed, old and new, if the error is about that; else null. */
export function totalChangeText(error: unknown): string | null {
  const change = changeOf(error);
  if (change === null) return null;
  const { before, now } = change;
  const says =
    before.total.amount === now.total.amount
      ? `What is still to pay was ${moneyText(dueOf(before))} and is ${moneyText(dueOf(now))} now.`
      : `The total was ${moneyText(before.total)} and is ${moneyText(now.total)} now.`;
  return `${says} Nothing was charged. Look at it, then go on.`;
}
