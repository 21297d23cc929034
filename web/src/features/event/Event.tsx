import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { About } from './About';
import { BuyBar } from './BuyBar';
import { nextOf } from './days';
import { EventSkeleton } from './EventSkeleton';
import { Hero } from './Hero';
import { atStart, countOf, fitted, withAvailability, type Quantities } from './quantities';
import { availabilityQuery, eventQuery } from './queries';
import { StatusBanner } from './StatusBanner';
import { TicketBox } from './TicketBox';
import { useBuying } from './useBuying';
import { fromPriceText, words } from './words';

function useChoice(event: EventPage) {
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState<Quantities>(() => atStart(event.offers, search));
  const [hint, setHint] = useState<string | null>(null);
  const choose = (id: string, quantity: number) => {
    setHint(null);
    setChosen((before) => ({ ...before, [id]: quantity }));
  };
  return {
    quantities: fitted(event.offers, chosen),
    hint,
    choose,
    setHint,
  };
}

/** The page with the newest availability of the chosen date. */
function useFresh(page: EventPage, occurrenceId: string | null): EventPage {
  const availability = useQuery({
    ...availabilityQuery(page.organizer.slug, page.slug, occurrenceId),
    enabled: page.status === 'published',
  });
  return withAvailability(page, availability.data?.offers ?? []);
}

/** The date that the URL names, so that a link can lead to it; else the next. */
function useDate(page: EventPage): [string | null, (id: string) => void] {
  const [search, setSearch] = useSearchParams();
  const named = page.occurrences.find(({ id }) => id === search.get('date'));
  const [chosen, setChosen] = useState(named?.id ?? nextOf(page)?.id ?? null);
  const choose = (id: string) => {
    setChosen(id);
    setSearch(
      (before) => {
        before.set('date', id);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return [chosen, choose];
}

function LoadedEvent({ page }: { page: EventPage }) {
  const [occurrenceId, setOccurrenceId] = useDate(page);
  const event = useFresh(page, occurrenceId);
  const choice = useChoice(event);
  const buying = useBuying(event, occurrenceId);
  const box = useRef<HTMLDivElement>(null);
  const price = fromPriceText(event.offers);
  const buy = () => {
    if (buying.isPending) return;
    if (countOf(choice.quantities) > 0) {
      buying.mutate(choice.quantities);
      return;
    }
    choice.setHint(words.choose);
    box.current?.querySelector('input')?.focus();
  };
  return (
    <>
      <Hero event={event} occurrenceId={occurrenceId} />
      <div className="wrap event" ref={box}>
        <TicketBox
          event={event}
          quantities={choice.quantities}
          occurrenceId={occurrenceId}
          hint={choice.hint}
          isBusy={buying.isPending}
          error={buying.error}
          onQuantity={choice.choose}
          onOccurrence={setOccurrenceId}
          onSubmit={buy}
          banner={<StatusBanner event={event} />}
        />
        <About event={event} />
      </div>
      {price !== null && event.status === 'published' && (
        <BuyBar price={price} box={box} isBusy={buying.isPending} />
      )}
    </>
  );
}

export function Event({ organizer, slug }: { organizer: string; slug: string }) {
  const read = useQuery(eventQuery(organizer, slug));
  if (read.isPending) return <EventSkeleton />;
  if (read.data === undefined) {
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  }
  return <LoadedEvent key={read.data.id} page={read.data} />;
}
