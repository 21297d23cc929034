import { factOf } from '~/shared/api/problems';

const REASONS: Readonly<Record<string, string>> = {
  insufficient_funds: 'There is not enough money on this card.',
  expired_card: 'This card has expired.',
  incorrect_cvc: 'The security code does not fit this card.',
  lost_card: 'Your bank has blocked this card.',
  stolen_card: 'Your bank has blocked this card.',
  processing_error: 'Your bank could not process the payment just now.',
};

/** Why a card was declined, and what to do next. */
export function declineText(error: unknown): string {
  const code = factOf(error, 'decline_code');
  const reason = typeof code === 'string' ? REASONS[code] : undefined;
  return `${reason ?? 'Your bank declined this card.'} You were not charged; choose another way to pay.`;
}
