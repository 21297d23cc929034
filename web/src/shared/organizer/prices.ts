import { exponentOf } from '~/shared/format/money';

const PRICE = /^\d{1,7}(?:[.,](\d*))?$/;

/** Minor units of a price as typed ("12", "12.5", "12,50"); null when it is none in that currency. */
export function minorUnits(text: string, currency: string): number | null {
  const typed = text.trim();
  const match = PRICE.exec(typed);
  const digits = exponentOf(currency);
  if (match === null || (match[1] ?? '').length > digits) return null;
  return Math.round(Number(typed.replace(',', '.')) * 10 ** digits);
}

/** The price as one would type it: "12.50", "12", "0". */
export function priceInput(amount: number, currency: string): string {
  const digits = exponentOf(currency);
  const whole = amount % 10 ** digits === 0;
  return (amount / 10 ** digits).toFixed(whole ? 0 : digits);
}

/** "€", "CHF". */
export function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}

/** A whole number of at least `least`, as typed; null when it is none. */
export function wholeNumber(text: string, least: number): number | null {
  const typed = text.trim();
  if (!/^\d{1,7}$/.test(typed)) return null;
  const number = Number(typed);
  return number >= least && number <= 1_000_000 ? number : null;
}
