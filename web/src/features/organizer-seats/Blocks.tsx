import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { releaseBlock } from '~/shared/api/generated/boxoffice';
import type { BlockView, ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { useArea } from '~/shared/organizer/area';
import { eventsKey } from '~/shared/organizer/queries';
import tables from '~/shared/organizer/Table.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { blocksQuery } from './queries';
import styles from './Seats.module.css';

const MOST_LABELS = 4;

function whatOf({ seats, units }: BlockView): string {
  if (seats.length === 0) return countText(units, 'ticket');
  const labels = seats.slice(0, MOST_LABELS).map(({ label }) => label);
  const more = seats.length - labels.length;
  return labels.join('; ') + (more > 0 ? ` and ${String(more)} more` : '');
}

function Block({ event, block }: { event: ManagedEvent; block: BlockView }) {
  const { slug } = useArea();
  const mayWrite = useMay('events:write');
  const queryClient = useQueryClient();
  const release = useMutation({
    mutationFn: () => releaseBlock(slug, event.id, block.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: eventsKey(slug) }),
  });
  return (
    <li className={tables.card}>
      <strong>{block.reason}</strong>
      <span className={tables.sub}>{whatOf(block)}</span>
      <span className={tables.sub}>
        {block.expires_at === null
          ? 'Until it is released'
          : `Until ${dateTimeText(block.expires_at, event.timezone)}`}
      </span>
      {release.error !== null && <Trouble error={release.error} />}
      {mayWrite && (
        <Button
          look="line"
          aria-label={`Release ${block.reason}`}
          busy={release.isPending ? 'Releasing…' : null}
          onClick={() => {
            release.mutate();
          }}
        >
          Release
        </Button>
      )}
    </li>
  );
}

/** What is kept from the sale, and the way to give it back. */
export function Blocks({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const read = useQuery(blocksQuery(slug, event.id));
  return (
    <section className={styles.stack} aria-labelledby="blocks-title">
      <h2 id="blocks-title">Blocked</h2>
      {read.error !== null && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {read.data?.length === 0 && <p className="muted">Nothing is kept from the sale.</p>}
      <ul className={tables.cards}>
        {read.data?.map((block) => (
          <Block key={block.id} event={event} block={block} />
        ))}
      </ul>
    </section>
  );
}
