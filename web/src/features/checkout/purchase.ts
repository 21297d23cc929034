import { confirmPurchase, payPurchase, setPurchaseBuyer } from '~/shared/api/generated/boxoffice';
import type { PurchaseView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder, asHolderOnce } from '~/shared/api/headers';
import { moneyText } from '~/shared/format/money';
import { attemptKey, settleAttempt } from '~/shared/paying/attempts';
import type { Details } from './draft';
import { attemptOf, checkShown, expected } from './totalChange';

/** Tells who buys, answers what is asked, then pays once or confirms. Safe to repeat; never
 *  more nor less than `purchase` shows. */
export async function buyTogether(
  purchase: PurchaseView,
  details: Details,
  source: string,
  answer: () => Promise<void>,
): Promise<PurchaseView> {
  const { organizer_slug: organizer, id, token } = purchase;
  checkShown(purchase, await setPurchaseBuyer(organizer, id, details, asHolder(token)));
  await answer();
  const shown = expected(purchase);
  const once = asHolderOnce(token, attemptKey(id, attemptOf(source, shown)));
  try {
    const bought =
      purchase.due.amount === 0
        ? await confirmPurchase(organizer, id, once)
        : (await payPurchase(organizer, id, { source, ...shown }, once)).purchase;
    settleAttempt(id);
    return bought;
  } catch (error) {
    settleAttempt(id, error);
    throw error;
  }
}

/** The order-button says what it costs. */
export function buyText({ due, total, orders }: PurchaseView): string {
  if (due.amount > 0) return `Pay ${moneyText(due)}`;
  if (total.amount > 0) return `Pay ${moneyText(total)} by gift card`;
  const tickets = orders.reduce((sum, { positions }) => sum + positions.length, 0);
  return `Get ${String(tickets)} free tickets`;
}
