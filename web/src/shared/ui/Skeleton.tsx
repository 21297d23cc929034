import type { CSSProperties } from 'react';
import styles from './Skeleton.module.css';

/** A grey place-holder of the final size; appears only when waiting takes longer than a blink. */
export function Skeleton({
  height,
  width = '100%',
}: {
  height: CSSProperties['height'];
  width?: CSSProperties['width'];
}) {
  return <span className={styles.bone} style={{ height, width }} />;
}

/** Says once to screen readers that something is on its way. */
export function Loading({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles.late}>
      <p className="vh" role="status">
        {label}
      </p>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
