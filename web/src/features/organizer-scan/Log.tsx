import { Icon } from '~/shared/icons/Icon';
import type { Outcome } from './attempts';
import styles from './Scan.module.css';
import { clockText, VERDICTS } from './words';

/** The last answers at this gate. */
export function Log({ log }: { log: readonly Outcome[] }) {
  return (
    <section className={styles.log} aria-labelledby="log">
      <h2 id="log">At this gate</h2>
      {log.length === 0 ? (
        <p className="muted">Scans appear here, the newest first.</p>
      ) : (
        <ol>
          {log.map(({ attempt, view }) => (
            <li key={attempt.nonce} className={styles[view.verdict]}>
              <Icon name={view.verdict === 'admitted' ? 'check' : 'cross'} size={18} />
              <span>
                <bdi>{view.attendee_name ?? VERDICTS[view.reason]}</bdi>
                <span className="muted">
                  {view.attendee_name === null ? '' : ` ${VERDICTS[view.reason]}`}
                </span>
              </span>
              <span className="num muted">{clockText(attempt.scannedAt, new Date())}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
