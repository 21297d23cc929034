import { moved } from './inventory';
import styles from './Tickets.module.css';

interface MoversProps {
  /** All of them, in their order. */
  ids: readonly string[];
  id: string;
  name: string;
  onMove: (ids: string[]) => void;
}

/** One place up or down; no dragging, so that a keyboard will do. */
export function Movers({ ids, id, name, onMove }: MoversProps) {
  return (
    <>
      {ids[0] !== id && (
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            onMove(moved(ids, id, -1));
          }}
        >
          Move up <span className="vh">{name}</span>
        </button>
      )}
      {ids.at(-1) !== id && (
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            onMove(moved(ids, id, 1));
          }}
        >
          Move down <span className="vh">{name}</span>
        </button>
      )}
    </>
  );
}
