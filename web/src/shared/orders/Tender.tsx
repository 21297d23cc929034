import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import styles from './Costs.module.css';
import { dueOf } from './tender';

interface TenderProps {
  order: Pick<OrderView, 'total' | 'due' | 'gift_cards'>;
  /** What is left is "Still to pay" or was "Paid otherwise". */
  rest: string;
}

/** What gift cards pay of the total, and what they do not; nothing without any. */
export function Tender({ order, rest }: TenderProps) {
  const cards = order.gift_cards ?? [];
  if (cards.length === 0) return null;
  return (
    <ul className={styles.costs} aria-label="How it is paid">
      {cards.map(({ gift_card_id: id, code_end: end, amount }) => (
        <li key={id}>
          <span>Gift card …{end}</span>
          <span className="num">{moneyText({ ...amount, amount: -amount.amount })}</span>
        </li>
      ))}
      <li>
        <span>{rest}</span>
        <span className="num">{moneyText(dueOf(order))}</span>
      </li>
    </ul>
  );
}
