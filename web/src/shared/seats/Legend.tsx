import type { Drawing } from '~/shared/api/generated/boxoffice.schemas';
import styles from './SeatMap.module.css';

function Dot({ className, fill }: { className?: string | undefined; fill?: string }) {
  return (
    <svg width={20} height={20} viewBox="-12 -12 24 24" aria-hidden="true">
      <circle r={8} className={className} {...(fill !== undefined && { fill })} />
    </svg>
  );
}

/** What the colours and shapes of the map mean; `noteOf` tells of a category, such as its price. */
export function Legend({
  drawing,
  noteOf,
}: {
  drawing: Drawing;
  noteOf: (category: string) => string;
}) {
  return (
    <ul className={styles.legend} aria-label="What the map shows">
      {drawing.categories.map(({ name, color }) => (
        <li key={name}>
          <Dot fill={color ?? 'var(--primary)'} /> {[name, noteOf(name)].filter(Boolean).join(', ')}
        </li>
      ))}
      <li>
        <Dot className={styles.chosen} /> chosen
      </li>
      <li>
        <Dot className={styles.held} /> held, may return
      </li>
      <li>
        <Dot className={styles.gone} /> taken
      </li>
    </ul>
  );
}
