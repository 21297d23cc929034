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

/** "2 × Day · Child": units of each type, as far as they are of one. */
function typesText({ types = [], units }: BlockView, event: ManagedEvent): string {
  if (types.length === 0) return countText(units, 'ticket');
  return types
    .map((one) => {
      const type = event.ticket_types.find(({ id }) => id === one.ticket_type_id);
      const variation = type?.variations?.find(({ id }) => id === one.variation_id);
      const name = [type?.name ?? 'ticket', variation?.name].filter(Boolean).join(' · ');
      return `${String(one.units)} × ${name}`;
    })
    .join(', ');
}

/** Its seats; where other units are blocked with them, or no seats at all, what they are of. */
function whatOf(block: BlockView, event: ManagedEvent): string {
  const { seats, units } = block;
  const labels = seats.slice(0, MOST_LABELS).map(({ label }) => label);
  const more = seats.length - labels.length;
  const seated = labels.join('; ') + (more > 0 ? ` and ${String(more)} more` : '');
  return [seated, seats.length < units && typesText(block, event)].filter(Boolean).join(' – ');
}

/** The date that it is of, where the event has several. */
function dateText({ occurrence_id: date }: BlockView, event: ManagedEvent): string | null {
  const found = event.occurrences.find(({ id }) => id === date);
  if (event.occurrences.length < 2 || found === undefined) return null;
  return dateTimeText(found.starts_at, event.timezone);
}

function Block({ event, block }: { event: ManagedEvent; block: BlockView }) {
  const { slug } = useArea();
  const mayWrite = useMay('events:write');
  const queryClient = useQueryClient();
  const release = useMutation({
    mutationFn: () => releaseBlock(slug, event.id, block.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: eventsKey(slug) }),
  });
  const date = dateText(block, event);
  return (
    <li className={tables.card}>
      <strong>{block.reason}</strong>
      <span className={tables.sub}>{whatOf(block, event)}</span>
      {date !== null && <span className={tables.sub}>{date}</span>}
      <span className={tables.sub}>
        {block.expires_at === null
          ? 'Until it is released'
          : `Until ${dateTimeText(block.expires_at, event.timezone)}`}
      </span>
      {release.error !== null && <Trouble error={release.error} />}
      {mayWrite && (
        <div>
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
        </div>
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
