import type { OfferView } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText, priceText } from '~/shared/format/money';
import { isOpen } from './amounts';
import type { Choice } from './choices';

export const words = {
  give: (currency: string) => `You give, in ${currency}`,
  codeTitle: 'I have a code',
  code: 'Code',
  showTickets: 'Show tickets',
  looking: 'Looking…',
  revealed: 'The code has added tickets to the list.',
};

/** What it costs; where the buyer chooses, from how much on. */
export function choicePrice(choice: Choice): string {
  if (!isOpen(choice)) return priceText(choice.price);
  return choice.price.amount === 0
    ? 'Pay what you want'
    : `Pay what you want, from ${moneyText(choice.price)}`;
}

/** Says what is wrong with the amount that was typed. */
export function wrongAmountText(choice: Choice): string {
  return choice.price.amount === 0
    ? `Give an amount such as 12.50 for ${choice.fullName}.`
    : `Give at least ${moneyText(choice.price)} for ${choice.fullName}.`;
}

/** What stands where the stepper would be. */
export function stateText({ state }: Pick<Choice, 'state'>): string {
  switch (state) {
    case 'sold_out':
      return 'Sold out';
    case 'ended':
      return 'Sales ended';
    case 'not_yet':
      return 'Not yet on sale';
    case 'few':
    case 'on_sale':
      return '';
  }
}

/** Scarcity, where it is real. */
export function fewLeft({ state, available }: Pick<OfferView, 'state' | 'available'>): string {
  return state === 'few' && available !== null ? `Only ${String(available)} left.` : '';
}
