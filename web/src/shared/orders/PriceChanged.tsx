import { moneyText } from '~/shared/format/money';
import { Button } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';
import type { PriceChange } from './priceChange';
import styles from './PriceChanged.module.css';

interface PriceChangedProps {
  change: PriceChange;
  currency: string;
  isBusy: boolean;
  onAccept: () => void;
}

/** Old and new price of each ticket type and of the whole: nothing happens without consent. */
export function PriceChanged({ change, currency, isBusy, onAccept }: PriceChangedProps) {
  const text = (amount: number) => moneyText({ amount, currency });
  return (
    <Panel tone="careful" title="The price has changed" role="alert">
      <p>
        Since you saw these tickets the organizer has changed their price. Nothing is held or paid
        until you accept it.
      </p>
      <table className={styles.diff}>
        <thead>
          <tr>
            <th scope="col">Tickets</th>
            <th scope="col">Before</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {change.lines.map((line) => (
            <tr key={line.ticket_type_id}>
              <th scope="row">{line.ticket_type_name}</th>
              <td className="num">{line.old === null ? '' : text(line.old)}</td>
              <td className="num">{text(line.new)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">In all, with fees</th>
            <td className="num">{text(change.old_total)}</td>
            <td className="num">{text(change.new_total)}</td>
          </tr>
        </tbody>
      </table>
      <Button busy={isBusy ? 'Holding your tickets…' : null} onClick={onAccept}>
        Accept {text(change.new_total)}
      </Button>
    </Panel>
  );
}
