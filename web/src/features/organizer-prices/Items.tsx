import { Button } from '~/shared/ui/Button';
import styles from '~/shared/organizer/Settings.module.css';

interface Item {
  key: string;
  name: string;
  text: string;
}

interface ItemsProps {
  items: readonly Item[];
  none: string;
  onRemove: ((key: string) => void) | null;
}

/** Rules in words, each with a way to take it away. */
export function Items({ items, none, onRemove }: ItemsProps) {
  if (items.length === 0) return <p>{none}</p>;
  return (
    <ul className={styles.items}>
      {items.map(({ key, name, text }) => (
        <li key={key}>
          <span>
            {name}
            <span className={styles.sub}>{text}</span>
          </span>
          {onRemove !== null && (
            <Button
              look="text"
              onClick={() => {
                onRemove(key);
              }}
            >
              Remove <span className="vh">{name}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
