import type { EventPricesView } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText, priceText } from '~/shared/format/money';
import tables from '~/shared/organizer/Table.module.css';
import styles from '~/shared/organizer/Settings.module.css';
import { Section } from './Section';

/** What one ticket of each type costs under the rules, and where they cannot be met exactly. */
export function PriceTable({ view }: { view: EventPricesView }) {
  if (view.prices.length === 0) return null;
  const right = `num ${tables.right ?? ''}`;
  return (
    <Section
      id="all-in"
      title="What buyers see"
      hint="One ticket alone, with all fees that the buyer pays and all taxes."
    >
      <div
        className={`${tables.frame ?? ''} ${styles.scroll ?? ''}`}
        role="region"
        aria-label="Prices with fees and taxes"
        tabIndex={0}
      >
        <table className={`${tables.table ?? ''} ${tables.wide ?? ''}`}>
          <thead>
            <tr>
              <th scope="col">Ticket</th>
              <th scope="col" className={right}>
                List price
              </th>
              <th scope="col" className={right}>
                Fees
              </th>
              <th scope="col" className={right}>
                Taxes
              </th>
              <th scope="col" className={right}>
                Price
              </th>
            </tr>
          </thead>
          <tbody>
            {view.prices.map((one) => (
              <tr key={one.ticket_type_id}>
                <td>
                  {one.name}
                  {one.warning !== null && <span className={styles.warning}>{one.warning}</span>}
                </td>
                <td className={right}>{priceText(one.list_price)}</td>
                <td className={right}>{moneyText(one.fees)}</td>
                <td className={right}>{moneyText(one.tax)}</td>
                <td className={right}>
                  <b>{priceText(one.price)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
