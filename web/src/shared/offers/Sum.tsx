import { sentenceOf } from '~/shared/api/problems';
import { moneyText } from '~/shared/format/money';
import { Breakdown } from '~/shared/orders/Breakdown';
import { PriceChanged } from '~/shared/orders/PriceChanged';
import { priceChangeOf } from '~/shared/orders/priceChange';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import type { Price } from './usePrice';

export function Hint({ text }: { text: string }) {
  return (
    <p role="alert" className="offer-hint">
      {text}
    </p>
  );
}

/** What the chosen tickets cost together, and what that consists of. */
export function Sum({ price: { total, quote, error } }: { price: Price }) {
  return (
    <>
      <p className="total">
        <span>Total</span>
        <output className="num">{moneyText(total)}</output>
      </p>
      {quote !== undefined && error === null && <Breakdown quote={quote} />}
      {error !== null && <Hint text={sentenceOf(error)} />}
    </>
  );
}

interface RefusalProps {
  error: unknown;
  price: Price;
  isBusy: boolean;
  /** The buyer consents to another total than the page has shown. */
  onAccept: (total: number) => void;
}

/** Why there are no tickets yet; a price that has changed waits for consent. */
export function Refusal({ error, price, isBusy, onAccept }: RefusalProps) {
  const change = priceChangeOf(error);
  if (change === null) return <ErrorPanel error={error} />;
  return (
    <PriceChanged
      change={change}
      currency={price.total.currency}
      isBusy={isBusy}
      onAccept={() => {
        onAccept(change.new_total);
      }}
    />
  );
}
