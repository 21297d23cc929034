import { cardDateText } from '~/shared/format/dates';
import { moneyText } from '~/shared/format/money';
import { minorUnits } from '~/shared/organizer/prices';
import { instantOf } from '~/shared/organizer/wallClock';
import { Poster } from '~/shared/poster/Poster';
import styles from './CreateEvent.module.css';
import type { Draft } from './draft';

function whenText({ startsAt, endsAt, timezone }: Draft): string {
  const start = instantOf(startsAt, timezone);
  if (start === null) return 'Date and time';
  return cardDateText(start, instantOf(endsAt, timezone) ?? start, timezone);
}

function whereText({ format, venue, city }: Draft): string {
  if (format === 'online') return 'Online';
  return [venue.trim(), city.trim()].filter((part) => part !== '').join(', ') || 'Venue, city';
}

function priceText({ price, currency }: Draft): string {
  const amount = minorUnits(price, currency);
  if (amount === null) return 'Price';
  return amount === 0 ? 'Free' : `from ${moneyText({ amount, currency })}`;
}

/** The event as buyers will meet it in the list, while it is typed. */
export function Preview({ draft }: { draft: Draft }) {
  const title = draft.title.trim() || 'Your title';
  return (
    <aside className={styles.preview} aria-label="Preview">
      <p className={styles.previewLabel}>As buyers will see it</p>
      <div className={styles.card}>
        <div className={styles.poster}>
          <Poster title={title} />
        </div>
        <div>
          <p className="card-when">{whenText(draft)}</p>
          <h2>{title}</h2>
          <p className="card-where">{whereText(draft)}</p>
          <p className="card-price">{priceText(draft)}</p>
        </div>
      </div>
      <p className="small">
        The poster is drawn from the title. You can add a picture of your own once the draft is
        there.
      </p>
    </aside>
  );
}
