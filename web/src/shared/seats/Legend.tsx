import type { Drawing } from '~/shared/api/generated/boxoffice.schemas';
import { colorOf } from './colors';
import styles from './SeatMap.module.css';

function Dot({ className, fill }: { className?: string | undefined; fill?: string }) {
  return (
    <svg width={20} height={20} viewBox="-12 -12 24 24" aria-hidden="true">
      <circle r={8} className={className} {...(fill !== undefined && { fill })} />
    </svg>
  );
}

function hasWheels(drawing: Drawing): boolean {
  const rows = drawing.sections.flatMap((section) => section.rows);
  return rows.some(({ accessible }) => (accessible ?? []).length > 0);
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
    <ul
      className={`${styles.legend ?? ''} ${styles.palette ?? ''}`}
      aria-label="What the map shows"
    >
      {drawing.categories.map(({ name }, index) => (
        <li key={name}>
          <Dot fill={colorOf(drawing, index)} /> {[name, noteOf(name)].filter(Boolean).join(', ')}
        </li>
      ))}
      {hasWheels(drawing) && (
        <li>
          <Dot className={styles.wheels} fill="none" /> for wheelchairs
        </li>
      )}
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
