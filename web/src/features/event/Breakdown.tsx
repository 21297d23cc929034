import type { QuoteView } from '~/shared/api/generated/boxoffice.schemas';
import { breakdownText } from './words';

/** What the total consists of, in a line. */
export function Breakdown({ quote }: { quote: QuoteView }) {
  const text = breakdownText(quote);
  return text === '' ? null : <p className="small">{text}</p>;
}
