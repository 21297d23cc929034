import { Icon } from '~/shared/icons/Icon';
import { countText } from '~/shared/format/duration';
import type { Attempt } from './attempts';
import styles from './Scan.module.css';
import { clockText } from './words';

/** Scans that got no answer: visible until the server has said something about each. */
export function Unsent({ unsent, onSend }: { unsent: readonly Attempt[]; onSend: () => void }) {
  const waiting = unsent.filter(({ failures }) => failures > 0);
  if (waiting.length === 0) return null;
  return (
    <section className={styles.unsent} aria-labelledby="unsent">
      <h2 id="unsent">
        <Icon name="offline" /> {countText(waiting.length, 'scan')} not sent
      </h2>
      <p>They are kept on this device and sent as soon as the server answers.</p>
      <ul>
        {waiting.map((attempt) => (
          <li key={attempt.nonce}>
            <span className="num">{clockText(attempt.scannedAt, new Date())}</span>
            <span className={styles.tail}>…{attempt.code.slice(-8)}</span>
            <span>{countText(attempt.failures, 'try', 'tries')}</span>
          </li>
        ))}
      </ul>
      <button type="button" className="btn btn-line" onClick={onSend}>
        Send now
      </button>
    </section>
  );
}
