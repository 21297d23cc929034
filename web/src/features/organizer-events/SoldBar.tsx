import { percentSold } from './sorting';
import styles from './Events.module.css';

const number = new Intl.NumberFormat('en');

/** How much of the capacity is sold, in numbers and as a bar. */
export function SoldBar({ sold, capacity }: { sold: number; capacity: number }) {
  if (capacity === 0) return <span className="muted">No tickets yet</span>;
  const percent = percentSold(sold, capacity);
  return (
    <div className={styles.sold}>
      <p className="num">
        <b>{number.format(sold)}</b> of {number.format(capacity)}{' '}
        <span className="muted">· {percent} %</span>
      </p>
      <svg className={styles.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.track} width="100" height="6" />
        <rect
          className={sold > capacity ? styles.over : styles.fill}
          width={sold > 0 ? Math.max(percent, 1) : 0}
          height="6"
        />
      </svg>
    </div>
  );
}
