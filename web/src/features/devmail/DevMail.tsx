import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { CaughtMailRow } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { EmptyState } from '~/shared/ui/EmptyState';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { PageHeading } from '~/shared/ui/PageHeading';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './DevMail.module.css';
import { Mail } from './Mail';
import { caughtMailsQuery } from './queries';

const sentAt = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'medium' });

function Row({ mail, isOpen }: { mail: CaughtMailRow; isOpen: boolean }) {
  return (
    <li>
      <Link
        to={`${paths.caughtMail}/${mail.id}`}
        aria-current={isOpen ? 'true' : undefined}
        preventScrollReset
      >
        <strong>{mail.subject}</strong>
        <span>
          <bdi>{mail.to}</bdi>
        </span>
        <span className="muted num">
          {sentAt.format(new Date(mail.sent_at))}
          {mail.attachments > 0 && `, ${String(mail.attachments)} attached`}
        </span>
      </Link>
    </li>
  );
}

function Panes({ mails, openId }: { mails: readonly CaughtMailRow[]; openId: string | null }) {
  const shown = openId ?? mails[0]?.id;
  if (shown === undefined) {
    return (
      <EmptyState title="No mail yet">
        <p>Buy a ticket or sign up, and the mail appears here within seconds.</p>
      </EmptyState>
    );
  }
  return (
    <div className={styles.panes}>
      <nav aria-label="Mails">
        <ul className={styles.list}>
          {mails.map((mail) => (
            <Row key={mail.id} mail={mail} isOpen={mail.id === shown} />
          ))}
        </ul>
      </nav>
      <Mail key={shown} id={shown} />
    </div>
  );
}

function Mails({ openId }: { openId: string | null }) {
  const read = useQuery(caughtMailsQuery);
  if (read.isPending) {
    return (
      <Loading label="Loading mails">
        <Skeleton height={240} />
      </Loading>
    );
  }
  if (read.data === undefined)
    return <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />;
  return <Panes mails={read.data.items} openId={openId} />;
}

/** Development only: the mails that were caught because no mail server is configured. */
export function DevMail({ openId }: { openId: string | null }) {
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <div>
        <PageHeading title="Caught mail" />
        <p className="lede">
          No mail server is configured, so mails end here instead of in people’s mailboxes.
        </p>
      </div>
      <Mails openId={openId} />
    </div>
  );
}
