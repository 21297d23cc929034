import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import type {
  Drawing,
  EventPage,
  SeatAvailability,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import { CodeForm } from '~/shared/offers/CodeForm';
import { partOf, seatsIn, togetherWith } from '~/shared/offers/dates';
import { eventQuery } from '~/shared/offers/queries';
import { useBuying } from '~/shared/offers/useBuying';
import { useCode, type Code } from '~/shared/offers/useCode';
import { useDateParts } from '~/shared/offers/useDateParts';
import { useEarlyAccess, withEarlyAccess, type EarlyAccess } from '~/shared/offers/useEarlyAccess';
import { usePrice, type Basket, type Terms } from '~/shared/offers/usePrice';
import { useVoucher } from '~/shared/offers/useVoucher';
import { paths } from '~/shared/paths';
import { hallOf, type Seat } from '~/shared/seats/hall';
import { Legend } from '~/shared/seats/Legend';
import { SeatList } from '~/shared/seats/SeatList';
import { SeatMap } from '~/shared/seats/SeatMap';
import { PageHeading } from '~/shared/ui/PageHeading';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { BestForm } from './BestForm';
import { basketOf, type Wish, type Wishes } from './basket';
import { categoryNote, marksOf, wordsOf, type House } from './choice';
import { Chosen } from './Chosen';
import { drawingQuery, seatsKey, seatsQuery, voucherSeatsQuery } from './queries';
import styles from './Seats.module.css';

interface HouseProps {
  event: EventPage;
  drawing: Drawing;
  seats: SeatAvailability;
  code: Code;
  early: EarlyAccess | null;
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

/** What was said for each seat, and what all of it is to cost. */
function useBasket(
  house: House,
  chosen: readonly Seat[],
  withOthers: (basket: Basket) => Basket,
  terms: Terms,
) {
  const [wishes, setWishes] = useState<Wishes>({});
  const basket = basketOf(house, chosen, wishes);
  return {
    wishes,
    basket,
    isComplete: basket.isComplete,
    price: usePrice(house.event, withOthers(basket), terms),
    wish: (index: number, wish: Wish) => {
      setWishes((before) => ({ ...before, [index]: wish }));
    },
  };
}

function OpenHouse({ event, drawing, seats, code, early }: HouseProps) {
  const hall = useMemo(() => hallOf(drawing), [drawing]);
  const others = useDateParts(event.id);
  const voucher = useVoucher();
  const { data: lent } = useQuery(voucherSeatsQuery(event.organizer.slug, event.slug, voucher));
  const house = { event, hall, seats, own: seatsIn(others.parts), ...(lent && { lent }) };
  const choice = useChosen(house);
  const terms = {
    occurrenceId: seats.occurrence_id,
    accessCode: code.hasRevealed ? code.code : '',
    voucher,
    early: early?.code ?? null,
  };
  const times = event.occurrences.find(({ id }) => id === seats.occurrence_id) ?? null;
  const date = { occurrenceId: seats.occurrence_id, times };
  const withOthers = (one: Basket) => togetherWith(one, others.parts, date);
  const basket = useBasket(house, choice.seats, withOthers, terms);
  const navigate = useNavigate();
  const { search } = useLocation();
  const buying = useBuying(event, terms, seatsKey(event.organizer.slug, event.slug));
  const marks = marksOf(house, choice.chosen);
  const list = {
    hall,
    marks,
    onPick: choice.toggle,
    wordsOf: (index: number) => wordsOf(house, marks[index], hall.seats[index]),
  };
  const hold = (wish: Parameters<typeof buying.mutate>[0]) => {
    if (!buying.isPending) buying.mutate(wish);
  };
  return (
    <div className={`wrap ${styles.page ?? ''}`}>
      <Head event={event} seats={seats} />
      <div className={styles.main}>
        <Legend drawing={drawing} noteOf={(category) => categoryNote(house, category)} />
        <SeatMap {...list} />
        <h2>Seats as a list</h2>
        <SeatList {...list} />
      </div>
      <div className={styles.rail}>
        <Chosen
          house={house}
          seats={choice.seats}
          {...basket}
          isBusy={buying.isPending}
          error={buying.error}
          onRemove={choice.toggle}
          onWish={basket.wish}
          onHold={() => {
            hold(basket.price.seen());
          }}
          others={others}
          onAddDate={() => {
            others.add(partOf(event, date, basket.basket));
            void navigate({ pathname: paths.event(event.organizer.slug, event.slug), search });
          }}
          onAccept={(total) => {
            hold({ items: buying.variables?.items ?? [], expected_total: total });
          }}
        />
        <BestForm
          house={house}
          terms={terms}
          withOthers={withOthers}
          isBusy={buying.isPending}
          onFind={hold}
        />
        {event.takes_code === true && <CodeForm state={code} />}
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
  const { state: code, reveal } = useCode(organizer, slug, search.get('occurrence'));
  const early = useEarlyAccess(event.data?.id);
  return {
    event: event.data && withEarlyAccess(reveal(event.data), early),
    code,
    early,
    seats: seats.data,
    drawing: drawing.data,
    error: event.error ?? seats.error ?? drawing.error,
    retry: () => void seats.refetch(),
  };
}

/** Where one sits: on a map, in a list, or wherever it is best. */
export function Seats({ organizer, slug }: { organizer: string; slug: string }) {
  const { event, code, early, seats, drawing, error, retry } = useHouse(organizer, slug);
  if (event !== undefined && seats !== undefined && drawing !== undefined) {
    return <OpenHouse event={event} code={code} early={early} seats={seats} drawing={drawing} />;
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
