import { useId } from 'react';
import type { QuotaView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { capacityMark, segmentsOf, type Kind } from './inventory';
import styles from './Inventory.module.css';

const WORDS: Record<Kind, string> = {
  sold: 'sold',
  pending: 'being paid',
  held: 'held',
  vouchers: 'for vouchers',
  waitlist: 'offered to the waitlist',
  blocked: 'blocked',
  free: 'free',
};
const number = new Intl.NumberFormat('en');

/** Where a quota's tickets are. The legend says in numbers what the bar shows. */
export function InventoryBar({ quota }: { quota: QuotaView }) {
  const hatch = useId();
  const segments = segmentsOf(quota);
  const mark = capacityMark(quota);
  return (
    <div className={styles.inventory}>
      <svg
        className={styles.bar}
        viewBox="0 0 1000 14"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse">
          <path className={styles.hatch} d="M-1 7 7-1M-1 1 1-1M5 7 7 5" />
        </pattern>
        <rect className={styles.track} width="1000" height="14" />
        {segments.map(({ kind, start, share }) => (
          <g key={kind}>
            <rect className={styles[kind]} x={start * 1000} width={share * 1000} height="14" />
            {kind === 'blocked' && (
              <rect fill={`url(#${hatch})`} x={start * 1000} width={share * 1000} height="14" />
            )}
          </g>
        ))}
        {mark !== null && (
          <rect className={styles.mark} x={mark * 1000 - 3} width="6" height="14" />
        )}
      </svg>
      <ul className={styles.legend}>
        {segments.map(({ kind, units }) => (
          <li key={kind} className="num">
            <span className={`${styles.dot ?? ''} ${styles[`${kind}Dot`] ?? ''}`} />
            <b>{number.format(units)}</b> {WORDS[kind]}
          </li>
        ))}
        <li className={`num ${styles.capacity ?? ''}`}>of {number.format(quota.capacity)}</li>
      </ul>
      {quota.overbooked_by > 0 && (
        <p className={styles.overbooked}>
          <Icon name="alert" size={18} /> Overbooked by {number.format(quota.overbooked_by)}.
          Nothing more is sold until places come free or you raise the capacity.
        </p>
      )}
    </div>
  );
}
