import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ConversationRow } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import { Status } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { searchOf, type Filter } from './filters';
import styles from './Inbox.module.css';
import { inboxQuery } from './queries';
import { sentText, turnWords } from './words';

interface QueueProps {
  filter: Filter;
  openId: string | null;
}

const EMPTY: Record<Filter, string> = {
  open: 'Nobody waits for an answer.',
  pending: 'No conversation waits for a buyer.',
  resolved: 'Nothing resolved yet.',
  all: 'No buyer has asked anything yet. Questions start from “Need help with this order?” on the order’s page.',
};

function Row({ row, isOpen, filter }: { row: ConversationRow; isOpen: boolean; filter: Filter }) {
  const { slug } = useArea();
  const { tone, word } = turnWords(row.waiting_for);
  return (
    <li className={styles.row} data-open={isOpen || undefined}>
      <p className={styles.line}>
        <Link
          to={paths.conversation(slug, row.id) + searchOf(filter)}
          {...(isOpen && { 'aria-current': 'true' as const })}
        >
          <bdi>{row.buyer_name}</bdi>
        </Link>
        <time className="num muted" dateTime={row.updated_at}>
          {sentText(row.updated_at)}
        </time>
      </p>
      <p className={styles.preview}>{row.preview}</p>
      <p className={styles.line}>
        <Status tone={tone}>{word}</Status>
        <span className={styles.code}>{row.order_code}</span>
      </p>
    </li>
  );
}

export function Queue({ filter, openId }: QueueProps) {
  const { slug } = useArea();
  const read = useInfiniteQuery(inboxQuery(slug, filter));
  if (read.isPending) {
    return (
      <Loading label="Loading conversations">
        <Skeleton height={320} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const rows = read.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <p className={styles.empty}>{EMPTY[filter]}</p>;
  return (
    <>
      <ul aria-label="Conversations">
        {rows.map((row) => (
          <Row key={row.id} row={row} isOpen={row.id === openId} filter={filter} />
        ))}
      </ul>
      <div className={styles.more}>
        <LoadMore list={read} />
      </div>
    </>
  );
}
