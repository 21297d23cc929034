import type { Money } from '~/shared/api/generated/boxoffice.schemas';

const WHOLE = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ');
const THOUSANDTHS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');

/** Digits behind the decimal point by ISO 4217, which Intl does not follow for every currency. */
export function exponentOf(currency: string): number {
  if (WHOLE.includes(currency)) return 0;
  return THOUSANDTHS.includes(currency) ? 3 : 2;
}

/** "€84.00", "¥8,400", "KWD 1.250". */
export function moneyText({ amount, currency }: Money): string {
  const digits = exponentOf(currency);
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(amount / 10 ** digits);
}

/** "Free" where there is nothing to pay. */
export function priceText(price: Money): string {
  return price.amount === 0 ? 'Free' : moneyText(price);
}
