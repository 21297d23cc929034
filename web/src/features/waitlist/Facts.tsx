import type { WaitlistEntryView } from '~/shared/api/generated/boxoffice.schemas';
import { cardDateText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import styles from './Waitlist.module.css';
import { wishText } from './words';

/** What somebody waits for, and where we write to. */
export function Facts({ entry }: { entry: WaitlistEntryView }) {
  return (
    <dl className={styles.facts}>
      <div>
        <dt>When</dt>
        <dd>{cardDateText(entry.starts_at, entry.ends_at, entry.timezone)}</dd>
      </div>
      <div>
        <dt>Where</dt>
        <dd>{[entry.venue?.name, entry.venue?.city].filter(Boolean).join(', ') || 'Online'}</dd>
      </div>
      <div>
        <dt>You want</dt>
        <dd>
          {countText(entry.quantity, 'ticket')}: {wishText(entry)}
        </dd>
      </div>
      <div>
        <dt>We write to</dt>
        <dd>{entry.email}</dd>
      </div>
    </dl>
  );
}
