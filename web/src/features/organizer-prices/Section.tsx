import type { ReactNode } from 'react';
import styles from '~/shared/organizer/Settings.module.css';

interface SectionProps {
  id: string;
  title: string;
  hint: string;
  children: ReactNode;
}

/** One kind of rule, with a sentence on what it does. */
export function Section({ id, title, hint, children }: SectionProps) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{hint}</p>
      {children}
    </section>
  );
}
