import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { offerFromWaitlist, removeFromWaitlist } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, WaitlistRow } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import { Status } from '~/shared/organizer/Status';
import tables from '~/shared/organizer/Table.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { paths } from '~/shared/paths';
import { Button } from '~/shared/ui/Button';
import { Question } from '~/shared/ui/forms/Question';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { waitlistKey, waitlistQuery } from './queries';
import shared from '~/shared/organizer/Settings.module.css';
import styles from './Waitlist.module.css';
import { stateOf, summaryText, wishText } from './words';

function useRefreshing(event: ManagedEvent) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: waitlistKey(slug, event.id) });
}

function useOffering(event: ManagedEvent) {
  const { slug } = useArea();
  const key = useOnceKey();
  const refresh = useRefreshing(event);
  return useMutation({
    mutationFn: (id: string) => offerFromWaitlist(slug, event.id, id, key.headers()),
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: refresh,
  });
}

interface RowProps {
  event: ManagedEvent;
  row: WaitlistRow;
}

function Removing({ event, row, onClose }: RowProps & { onClose: () => void }) {
  const { slug } = useArea();
  const refresh = useRefreshing(event);
  const removing = useMutation({
    mutationFn: () => removeFromWaitlist(slug, event.id, row.id),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <Question
      title={`Remove ${row.name}?`}
      onClose={onClose}
      stay="Keep them"
      go="Remove"
      going="Removing…"
      isGoing={removing.isPending}
      onGo={() => {
        removing.mutate();
      }}
    >
      {removing.isError ? (
        <Trouble error={removing.error} />
      ) : (
        <p>They lose their place, and what they are offered goes to whoever is next.</p>
      )}
    </Question>
  );
}

function Actions({ event, row }: RowProps) {
  const [isAsking, setAsking] = useState(false);
  const offering = useOffering(event);
  return (
    <>
      {offering.isError && <Trouble error={offering.error} />}
      <div className={shared.buttons}>
        {row.state !== 'offered' && (
          <Button
            look="line"
            busy={offering.isPending ? 'Offering…' : null}
            onClick={() => {
              offering.mutate(row.id);
            }}
          >
            Offer now <span className="vh">to {row.name}</span>
          </Button>
        )}
        <Button
          look="text"
          onClick={() => {
            setAsking(true);
          }}
        >
          Remove <span className="vh">{row.name}</span>
        </Button>
      </div>
      {isAsking && (
        <Removing
          event={event}
          row={row}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function Row({ event, row }: RowProps) {
  const { slug } = useArea();
  const [tone, word] = stateOf(row);
  const mayWrite = useMay('orders:write');
  const stays = ['waiting', 'offered', 'expired'].includes(row.state);
  return (
    <li className={tables.card}>
      <p className={shared.who}>
        <strong>{row.name}</strong>
        <Status tone={tone}>
          {row.position === null ? word : `${word}, number ${String(row.position)}`}
        </Status>
      </p>
      <span>{wishText(row, event.timezone)}</span>
      <span className={tables.sub}>{row.email}</span>
      {row.offer_ends_at !== null && (
        <span className={tables.sub}>
          Kept until {dateTimeText(row.offer_ends_at, event.timezone)}
        </span>
      )}
      {row.order_id !== null && <Link to={paths.sale(slug, row.order_id)}>Their order</Link>}
      {mayWrite && stays && <Actions event={event} row={row} />}
    </li>
  );
}

/** Who waits, who joined first first. */
export function List({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const read = useInfiniteQuery(waitlistQuery(slug, event.id));
  if (read.isPending) {
    return (
      <Loading label="Loading who waits">
        <Skeleton height={240} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const [first] = read.data.pages;
  const rows = read.data.pages.flatMap(({ entries }) => entries.items);
  return (
    <section className={styles.section} aria-label="Who waits">
      {first !== undefined && rows.length > 0 && <p>{summaryText(first)}</p>}
      {rows.length === 0 && <p>Nobody waits.</p>}
      <ul className={tables.cards} aria-label="Who waits, in the order of joining">
        {rows.map((row) => (
          <Row key={row.id} event={event} row={row} />
        ))}
      </ul>
      <LoadMore list={read} />
    </section>
  );
}
