import type { QuoteView } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import styles from './Breakdown.module.css';

function listText(parts: readonly string[]): string {
  return new Intl.ListFormat('en', { style: 'long', type: 'conjunction' }).format(parts);
}

/** "Includes €2.50 Service fee and €4.79 taxes. €5.00 off: Groups." */
export function breakdownText({ fees, tax, reductions }: QuoteView): string {
  const parts = [
    ...fees.map(({ name, price }) => `${moneyText(price)} ${name}`),
    ...(tax.amount === 0 ? [] : [`${moneyText(tax)} taxes`]),
  ];
  const off = reductions
    .filter(({ amount }) => amount.amount > 0)
    .map(({ kind, name, amount }) => {
      return `${moneyText(amount)} off: ${kind === 'voucher' ? `voucher ${name}` : name}.`;
    });
  const included = parts.length === 0 ? [] : [`Includes ${listText(parts)}.`];
  return [...included, ...off].join(' ');
}

/** What the total consists of, in a line. */
export function Breakdown({ quote }: { quote: QuoteView }) {
  const text = breakdownText(quote);
  return text === '' ? null : <p className={`small ${styles.breakdown ?? ''}`}>{text}</p>;
}
