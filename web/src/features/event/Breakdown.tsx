import type { QuoteView } from '~/shared/api/generated/boxoffice.schemas';
import styles from './Breakdown.module.css';
import { breakdownText } from './words';

/** What the total consists of, in a line. */
export function Breakdown({ quote }: { quote: QuoteView }) {
  const text = breakdownText(quote);
  return text === '' ? null : <p className={`small ${styles.breakdown ?? ''}`}>{text}</p>;
}
