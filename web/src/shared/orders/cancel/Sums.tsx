import type { CancellationPreview, Money } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import styles from './Cancel.module.css';

function Row({ name, amount, sign = '' }: { name: string; amount: Money; sign?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">
        {sign}
        {moneyText(amount)}
      </dd>
    </div>
  );
}

function priceOf({ lines, old_total: total }: CancellationPreview): Money {
  return { ...total, amount: lines.reduce((sum, { price }) => sum + price.amount, 0) };
}

/** What the tickets that stay cost more from now on. */
function dearer({ repriced, old_total: total }: CancellationPreview): Money {
  const more = repriced.reduce((sum, one) => sum + one.new_price.amount - one.old_price.amount, 0);
  return { ...total, amount: more };
}

/** What cancelling comes to, line by line. */
export function Sums(props: { preview: CancellationPreview; zone: string; noun: string }) {
  const { preview, zone, noun } = props;
  const more = dearer(preview);
  if (preview.old_total.amount === 0)
    return <p className="muted">These {noun}s were free, so no money comes back.</p>;
  return (
    <div>
      <dl className={styles.sums}>
        <Row name={countText(preview.lines.length, noun)} amount={priceOf(preview)} />
        {preview.fees_refund.amount > 0 && (
          <Row name="Fees given back" amount={preview.fees_refund} />
        )}
        {preview.fee.amount > 0 && <Row name="Cancellation fee" amount={preview.fee} sign="−" />}
        {more.amount > 0 && (
          <Row name="Discount lost on the other tickets" amount={more} sign="−" />
        )}
        <div className={styles.back}>
          <dt>Comes back</dt>
          <dd className="num">{moneyText(preview.refund)}</dd>
        </div>
      </dl>
      {preview.until !== null && (
        <p className="small muted">On these terms until {dateTimeText(preview.until, zone)}.</p>
      )}
    </div>
  );
}
