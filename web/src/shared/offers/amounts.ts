import type { OrderLineBody } from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, priceInput } from '~/shared/organizer/prices';
import type { Choice } from './choices';

/** What the buyer typed to give for one, by the key of the row. */
export type Amounts = Readonly<Record<string, string>>;

/** Whether the buyer chooses what to give. */
export const isOpen = (choice: Choice) => choice.pricing === 'open';

/** The name of a row's field for the amount, and its id. */
export const amountName = (key: string) => `a-${key}`;

/** What the page proposes to give, as one would type it: "12.50", "12", "0". */
export function proposed({ list_price: least, suggested_price: suggested }: Choice): string {
  return priceInput(Math.max(least.amount, suggested?.amount ?? 0), least.currency);
}

/** What one of them costs in minor units; null while the buyer's amount is none or too low. */
export function unitPrice(choice: Choice, amounts: Amounts): number | null {
  if (!isOpen(choice)) return choice.price.amount;
  const amount = minorUnits(amounts[choice.key] ?? proposed(choice), choice.price.currency);
  return amount === null || amount < choice.list_price.amount ? null : amount;
}

/** The first chosen row whose amount will not do. */
export function wrongAmount(
  choices: readonly Choice[],
  quantities: Readonly<Record<string, number>>,
  amounts: Amounts,
): Choice | undefined {
  return choices.find(
    (choice) => (quantities[choice.key] ?? 0) > 0 && unitPrice(choice, amounts) === null,
  );
}

/** The lines of the order: how many of which row, and what is given where buyers choose. */
export function linesFor(
  choices: readonly Choice[],
  quantities: Readonly<Record<string, number>>,
  amounts: Amounts,
): OrderLineBody[] {
  return choices
    .map((choice) => ({ choice, quantity: quantities[choice.key] ?? 0 }))
    .filter(({ quantity }) => quantity > 0)
    .map(({ choice, quantity }) => ({
      ticket_type_id: choice.ticket_type_id,
      quantity,
      ...(choice.variationId !== null && { variation_id: choice.variationId }),
      ...(isOpen(choice) && { price: unitPrice(choice, amounts) }),
    }));
}
