import type { ReactNode } from 'react';
import { ScrollRestoration, useParams } from 'react-router';
import type { MeView } from '~/shared/api/generated/boxoffice.schemas';
import { AccountMenu } from '../../layouts/AccountMenu';
import { Brand } from '../../layouts/Brand';
import { ModeToggle } from '../../layouts/ModeToggle';
import { NoticeStack } from '../../layouts/NoticeStack';
import { OfflineBar } from '../../layouts/OfflineBar';
import { AreaNav } from './AreaNav';
import styles from './Shell.module.css';
import { Switcher } from './Switcher';

/** The frame of every organizer page: one bar on top, and on phones the four places at the bottom. */
export function Shell({ me, children }: { me: MeView | null; children: ReactNode }) {
  const { organizer = '' } = useParams();
  const isMember = me?.organizers.some(({ slug }) => slug === organizer) === true;
  return (
    <div className={styles.shell}>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className={styles.bar}>
        <div className={styles.brand}>
          <Brand />
        </div>
        {me !== null && <Switcher me={me} current={organizer} />}
        {isMember && <AreaNav organizer={organizer} />}
        <div className={styles.tools}>
          <ModeToggle />
          {me !== null && <AccountMenu me={me} />}
        </div>
      </header>
      <OfflineBar waits="changes wait until you are back, scans are kept" />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <NoticeStack />
      <ScrollRestoration />
    </div>
  );
}
