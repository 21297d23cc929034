import type { ReactNode } from 'react';
import styles from './Facts.module.css';

/** Things and what they are, one below the other. */
export function Facts({ facts }: { facts: readonly (readonly [what: string, is: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([what, is]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{is}</dd>
        </div>
      ))}
    </dl>
  );
}
