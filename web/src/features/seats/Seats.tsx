import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type {
  Drawing,
  EventPage,
  SeatAvailability,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { priceText } from '~/shared/format/money';
import { Icon } from '~/shared/icons/Icon';
import { paths } from '~/shared/paths';
import { hallOf } from '~/shared/seats/hall';
import { Legend } from '~/shared/seats/Legend';
import { SeatList } from '~/shared/seats/SeatList';
import { SeatMap } from '~/shared/seats/SeatMap';
import { PageHeading } from '~/shared/ui/PageHeading';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { BestForm } from './BestForm';
import { linesOf, marksOf, wordsOf, type House } from './choice';
import { Chosen } from './Chosen';
import { drawingQuery, eventQuery, seatsQuery } from './queries';
import styles from './Seats.module.css';
import { useHolding } from './useHolding';

interface HouseProps {
  event: EventPage;
  drawing: Drawing;
  seats: SeatAvailability;
}

function useChosen(house: House) {
  const [wanted, setWanted] = useState<ReadonlySet<number>>(new Set());
  // What somebody else has taken meanwhile is no longer among the chosen.
  const free = marksOf(house, new Set());
  const chosen = new Set([...wanted].filter((index) => free[index] === 'free'));
  const toggle = (index: number) => {
    if (free[index] !== 'free') return;
    setWanted((before) => {
      const after = new Set(before);
      if (!after.delete(index)) after.add(index);
      return after;
    });
  };
  return { chosen, toggle, seats: house.hall.seats.filter(({ index }) => chosen.has(index)) };
}

function Head({ event, seats }: { event: EventPage; seats: SeatAvailability }) {
  const date = event.occurrences.find(({ id }) => id === seats.occurrence_id);
  return (
    <header className={styles.head}>
      <Link className={styles.back} to={paths.event(event.organizer.slug, event.slug)}>
        <Icon name="back" size={18} /> {event.title}
      </Link>
      <PageHeading title="Choose your seats" tab={`Seats: ${event.title}`} />
      {date !== undefined && <p>{dateTimeText(date.starts_at, event.timezone)}</p>}
    </header>
  );
}

function OpenHouse({ event, drawing, seats }: HouseProps) {
  const hall = useMemo(() => hallOf(drawing), [drawing]);
  const house = { event, hall, seats };
  const choice = useChosen(house);
  const holding = useHolding(event, seats.occurrence_id);
  const marks = marksOf(house, choice.chosen);
  const list = {
    hall,
    marks,
    onPick: choice.toggle,
    wordsOf: (index: number) => wordsOf(house, marks[index], hall.seats[index]),
  };
  const priceOf = (category: string) => {
    const type = seats.categories.find(({ name }) => name === category)?.ticket_type_id;
    const offer = event.offers.find(({ ticket_type_id }) => ticket_type_id === type);
    return offer === undefined ? '' : priceText(offer.price);
  };
  const hold = (items: ReturnType<typeof linesOf>) => {
    if (!holding.isPending) holding.mutate(items);
  };
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <Head event={event} seats={seats} />
      <div className={styles.main}>
        <Legend drawing={drawing} noteOf={priceOf} />
        <SeatMap {...list} />
        <h2>Seats as a list</h2>
        <SeatList {...list} />
      </div>
      <div className={styles.rail}>
        <Chosen
          house={house}
          seats={choice.seats}
          isBusy={holding.isPending}
          error={holding.error}
          onRemove={choice.toggle}
          onHold={() => {
            hold(linesOf(house, choice.seats));
          }}
        />
        <BestForm
          event={event}
          isBusy={holding.isPending}
          onFind={(line) => {
            hold([line]);
          }}
        />
      </div>
    </div>
  );
}

function useHouse(organizer: string, slug: string) {
  const [search] = useSearchParams();
  const event = useQuery(eventQuery(organizer, slug));
  const seats = useQuery(seatsQuery(organizer, slug, search.get('occurrence')));
  const drawing = useQuery({
    ...drawingQuery(organizer, slug, seats.data?.drawing ?? ''),
    enabled: seats.data !== undefined,
  });
  return {
    event: event.data,
    seats: seats.data,
    drawing: drawing.data,
    error: event.error ?? seats.error ?? drawing.error,
    retry: () => void seats.refetch(),
  };
}

/** Where one sits: on a map, in a list, or wherever it is best. */
export function Seats({ organizer, slug }: { organizer: string; slug: string }) {
  const { event, seats, drawing, error, retry } = useHouse(organizer, slug);
  if (event !== undefined && seats !== undefined && drawing !== undefined) {
    return <OpenHouse event={event} seats={seats} drawing={drawing} />;
  }
  if (error !== null) return <ProblemPage error={error} onRetry={retry} />;
  return (
    <Loading label="Loading the seat map">
      <div className="wrap">
        <Skeleton height={600} />
      </div>
    </Loading>
  );
}
