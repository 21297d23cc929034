import type { ReactNode } from 'react';
import { PageHeading } from '../PageHeading';
import styles from './FormPage.module.css';

/** A page that is one short form. */
export function FormPage({
  title,
  lede,
  children,
}: {
  title: string;
  lede?: string;
  children: ReactNode;
}) {
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <div>
        <PageHeading title={title} />
        {lede !== undefined && <p className="lede">{lede}</p>}
      </div>
      <div className={styles.body}>{children}</div>
    </div>
  );
}
