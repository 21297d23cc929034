import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type {
  Drawing,
  ManagedEvent,
  SeatAvailability,
  SeatingView,
} from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { flagsOf, hallOf } from '~/shared/seats/hall';
import { Legend } from '~/shared/seats/Legend';
import { SeatList } from '~/shared/seats/SeatList';
import { SeatMap, type Mark } from '~/shared/seats/SeatMap';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { BlockForm } from './BlockForm';
import { Blocks } from './Blocks';
import { drawingQuery, takenQuery } from './queries';
import styles from './Seats.module.css';

interface DeskProps {
  event: ManagedEvent;
  seating: SeatingView;
}

const WORDS: Record<Mark, string> = {
  free: 'free',
  held: 'held in an order',
  gone: 'sold or blocked',
  chosen: 'chosen',
};

function marksOf(taken: SeatAvailability, chosen: ReadonlySet<number>): Mark[] {
  const gone = flagsOf(taken.gone, taken.seats);
  const held = flagsOf(taken.held, taken.seats);
  return gone.map((isGone, seat): Mark => {
    if (isGone) return 'gone';
    if (held[seat] === true) return 'held';
    return chosen.has(seat) ? 'chosen' : 'free';
  });
}

function OpenDesk({
  event,
  seating,
  drawing,
  taken,
}: DeskProps & { drawing: Drawing; taken: SeatAvailability }) {
  const mayWrite = useMay('events:write');
  const hall = useMemo(() => hallOf(drawing), [drawing]);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const marks = marksOf(taken, chosen);
  const list = {
    hall,
    marks,
    wordsOf: (index: number) => WORDS[marks[index] ?? 'gone'],
    onPick: (index: number) => {
      setChosen((before) => {
        const after = new Set(before);
        if (!after.delete(index)) after.add(index);
        return after;
      });
    },
  };
  const typeOf = (category: string) => {
    const type = seating.categories.find(({ name }) => name === category)?.ticket_type_id;
    const name = event.ticket_types.find(({ id }) => id === type)?.name ?? 'not sold';
    return name === category ? '' : name;
  };
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>
        <Legend drawing={drawing} noteOf={typeOf} />
        <SeatMap {...list} />
        <SeatList {...list} />
      </div>
      <div className={styles.stack}>
        {mayWrite && (
          <BlockForm
            event={event}
            seating={seating}
            seats={hall.seats.filter(({ index }) => marks[index] === 'chosen')}
            onDone={() => {
              setChosen(new Set());
            }}
          />
        )}
        <Blocks event={event} />
      </div>
    </div>
  );
}

/** The hall of one date: what is taken, and what the staff keeps. */
export function SeatDesk({ event, seating }: DeskProps) {
  const { slug } = useArea();
  const drawing = useQuery(drawingQuery(slug, seating));
  const taken = useQuery(takenQuery(slug, event.id, seating.occurrence_id));
  if (drawing.data !== undefined && taken.data !== undefined) {
    return <OpenDesk event={event} seating={seating} drawing={drawing.data} taken={taken.data} />;
  }
  const error = drawing.error ?? taken.error;
  if (error !== null) return <Trouble error={error} onRetry={() => void taken.refetch()} />;
  return (
    <Loading label="Loading the seat map">
      <Skeleton height={480} />
    </Loading>
  );
}
