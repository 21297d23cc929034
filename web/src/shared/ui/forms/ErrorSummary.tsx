import { useEffect, useRef } from 'react';
import { Icon } from '~/shared/icons/Icon';
import styles from './ErrorSummary.module.css';

export interface FieldMistake {
  /** The id of the field's input. */
  id: string;
  message: string;
}

/** After a refused submit: what is wrong, each a link to its field. Takes the focus whenever `attempt` grows. */
export function ErrorSummary({
  mistakes,
  attempt,
}: {
  mistakes: readonly FieldMistake[];
  attempt: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const isShown = mistakes.length > 0;
  useEffect(() => {
    if (isShown && attempt > 0) box.current?.focus();
  }, [isShown, attempt]);
  if (!isShown) return null;
  return (
    <div className={styles.summary} ref={box} tabIndex={-1} role="group" aria-labelledby="mistakes">
      <Icon name="alert" size={22} />
      <div>
        <h2 id="mistakes">
          {mistakes.length === 1 ? 'One thing is missing' : 'A few things are missing'}
        </h2>
        <ul>
          {mistakes.map(({ id, message }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                onClick={(press) => {
                  press.preventDefault();
                  document.getElementById(id)?.focus();
                }}
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
