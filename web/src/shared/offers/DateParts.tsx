import { dateText, hoursText } from '~/shared/format/dates';
import { priceText } from '~/shared/format/money';
import { Button } from '~/shared/ui/Button';
import styles from './DateParts.module.css';
import type { DatePart } from './dates';

interface DatePartsProps {
  parts: readonly DatePart[];
  zone: string;
  currency: string;
  onRemove: (part: DatePart) => void;
}

/** What was chosen for other dates and is bought along with the rest. */
export function DateParts({ parts, zone, currency, onRemove }: DatePartsProps) {
  if (parts.length === 0) return null;
  return (
    <section className={styles.parts} aria-label="Other dates in this order">
      <ul>
        {parts.map((part) => {
          const { occurrenceId, starts_at, ends_at, text, amount } = part;
          const when = `${dateText(starts_at, zone)}, ${hoursText(starts_at, ends_at, zone)}`;
          return (
            <li key={occurrenceId}>
              <p>
                <b>{when}</b>
                <br />
                {text}
              </p>
              <span className="num">{priceText({ amount, currency })}</span>
              <Button
                look="text"
                onClick={() => {
                  onRemove(part);
                }}
              >
                Remove<span className="vh"> {when}</span>
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
