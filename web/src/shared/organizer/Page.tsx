import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon } from '~/shared/icons/Icon';
import { PageHeading } from '~/shared/ui/PageHeading';
import styles from './Page.module.css';

interface PageProps {
  title: string;
  /** Beside the heading: how things stand. */
  badge?: ReactNode;
  /** Below the heading: facts in one line. */
  facts?: ReactNode;
  actions?: ReactNode;
  /** Below the head: the ways to pages beside this one. */
  tabs?: ReactNode;
  back?: { to: string; label: string };
  children: ReactNode;
}

/** The frame of an organizer's page: heading, state and actions in one line. */
export function Page({ title, badge, facts, actions, tabs, back, children }: PageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.name}>
          {back !== undefined && (
            <Link className={styles.back} to={back.to}>
              <Icon name="back" size={18} /> {back.label}
            </Link>
          )}
          <div className={styles.title}>
            <PageHeading title={title} />
            {badge}
          </div>
          {facts !== undefined && <div className={styles.facts}>{facts}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {tabs}
      {children}
    </div>
  );
}
