import type { Money, OrderView, TaxView } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { percentText } from '~/shared/format/percent';
import styles from './Costs.module.css';

type Priced = Pick<OrderView, 'positions' | 'fees' | 'taxes' | 'reductions' | 'total'>;

/** What the positions cost beyond their list prices: taxes on top, or a cent of rounding. */
function onTopOf({ positions }: Priced): number {
  return positions.reduce(
    (sum, { price, list_price: list, discount }) =>
      sum + price.amount - list.amount + discount.amount,
    0,
  );
}

function Row({ name, amount, sign = 1 }: { name: string; amount: Money; sign?: 1 | -1 }) {
  return (
    <li>
      <span>{name}</span>
      <span className="num">{moneyText({ ...amount, amount: sign * amount.amount })}</span>
    </li>
  );
}

/** What stands between the list prices of an order and its total; nothing if nothing does. */
export function Costs({ order }: { order: Priced }) {
  const onTop = onTopOf(order);
  const isTax = order.taxes.some(({ inclusive }) => !inclusive);
  const isReversed = order.taxes.some(({ reverse_charge }) => reverse_charge === true);
  const rest = isReversed ? 'Reverse charge' : isTax ? 'Taxes' : 'Rounding';
  const shown = order.reductions.filter(({ kind, amount }) => kind === 'voucher' || amount.amount);
  if (shown.length === 0 && order.fees.length === 0 && onTop === 0) return null;
  return (
    <ul className={styles.costs} aria-label="Discounts, fees and taxes">
      {shown.map(({ kind, name, amount }) => (
        <Row
          key={`${kind}${name}`}
          name={kind === 'voucher' ? `Voucher ${name}` : name}
          amount={amount}
          sign={-1}
        />
      ))}
      {onTop !== 0 && <Row name={rest} amount={{ ...order.total, amount: onTop }} />}
      {order.fees.map(({ name, price }) => (
        <Row key={name} name={name} amount={price} />
      ))}
    </ul>
  );
}

function taxText({ name, rate, tax, gross, reverse_charge: isReversed }: TaxView): string {
  if (isReversed === true) {
    return `Reverse charge: you owe the ${name} on ${moneyText(gross)} yourself.`;
  }
  const full = name.includes('%') ? name : `${name} (${percentText(rate)})`;
  return `Includes ${moneyText(tax)} ${full} of ${moneyText(gross)}.`;
}

/** "Includes VAT 19 %: €9.58 of €60.00." for each tax. */
export function TaxNote({ order }: { order: Priced }) {
  if (order.taxes.length === 0) return null;
  return (
    <p className={styles.note}>
      {order.taxes.map((tax) => (
        <span key={`${tax.name}${String(tax.rate)}`}>{taxText(tax)}</span>
      ))}
    </p>
  );
}
