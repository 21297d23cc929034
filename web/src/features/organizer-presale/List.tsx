import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { removePresaleRegistration } from '~/shared/api/generated/boxoffice';
import type {
  ManagedEvent,
  RegistrationCounts,
  RegistrationRow,
} from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import shared from '~/shared/organizer/Settings.module.css';
import { Status } from '~/shared/organizer/Status';
import tables from '~/shared/organizer/Table.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { Question } from '~/shared/ui/forms/Question';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { registrationsQuery, useRefreshing } from './queries';
import { drawnText, stateOf, summaryText, wishText } from './words';

interface RowProps {
  event: ManagedEvent;
  row: RegistrationRow;
}

function Removing({ event, row, onClose }: RowProps & { onClose: () => void }) {
  const { slug } = useArea();
  const refresh = useRefreshing(event);
  const removing = useMutation({
    mutationFn: () => removePresaleRegistration(slug, event.id, row.id),
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
        <p>They get no early access, or lose it. Tickets that they have bought stay theirs.</p>
      )}
    </Question>
  );
}

const STANDS: readonly RegistrationRow['state'][] = ['unconfirmed', 'registered', 'won'];

function Row({ event, row }: RowProps) {
  const [isAsking, setAsking] = useState(false);
  const [tone, word] = stateOf(row);
  const mayRemove = useMay('orders:write') && STANDS.includes(row.state);
  return (
    <li className={tables.card}>
      <p className={shared.who}>
        <strong>{row.name}</strong>
        <Status tone={tone}>{word}</Status>
      </p>
      <span>{wishText(row, event.timezone)}</span>
      <span className={tables.sub}>{row.email}</span>
      {mayRemove && (
        <div>
          <Button
            look="text"
            onClick={() => {
              setAsking(true);
            }}
          >
            Remove <span className="vh">{row.name}</span>
          </Button>
        </div>
      )}
      {isAsking && (
        <Removing
          event={event}
          row={row}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}

function Summary({ event, counts }: { event: ManagedEvent; counts: RegistrationCounts }) {
  return (
    <>
      <p>{counts.registered === 0 ? 'Nobody is registered.' : summaryText(counts)}</p>
      {event.presale?.state === 'drawn' && <p>{drawnText(counts)}</p>}
    </>
  );
}

/** Who has registered, who did so first first. */
export function List({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const read = useInfiniteQuery(registrationsQuery(slug, event.id));
  if (read.isPending) {
    return (
      <Loading label="Loading who has registered">
        <Skeleton height={240} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const [first] = read.data.pages;
  const rows = read.data.pages.flatMap(({ registrations }) => registrations.items);
  return (
    <section className={shared.section} aria-label="Who has registered">
      {first !== undefined && <Summary event={event} counts={first.counts} />}
      <ul className={tables.cards} aria-label="Who has registered, in that order">
        {rows.map((row) => (
          <Row key={row.id} event={event} row={row} />
        ))}
      </ul>
      <LoadMore list={read} />
    </section>
  );
}
