import type { ReactNode } from 'react';
import { Icon, type IconName } from '~/shared/icons/Icon';
import styles from './Panel.module.css';

type Tone = 'plain' | 'good' | 'careful' | 'bad';

const ICONS: Record<Tone, IconName> = {
  plain: 'help',
  good: 'check',
  careful: 'clock',
  bad: 'alert',
};

interface PanelProps {
  tone?: Tone;
  title?: string;
  children: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits; none for what was there from the start. */
  role?: 'alert' | 'status';
  icon?: IconName;
}

/** A box in the flow of the page that says something important. */
export function Panel({ tone = 'plain', title, children, role, icon }: PanelProps) {
  return (
    <div className={`${styles.panel ?? ''} ${styles[tone] ?? ''}`} role={role}>
      <Icon name={icon ?? ICONS[tone]} size={22} />
      <div className={styles.body}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
