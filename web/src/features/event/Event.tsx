import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { About } from './About';
import { BuyBar } from './BuyBar';
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
  const [occurrenceId, setOccurrenceId] = useState(event.occurrences[0]?.id ?? null);
  const [hint, setHint] = useState<string | null>(null);
  const choose = (id: string, quantity: number) => {
    setHint(null);
    setChosen((before) => ({ ...before, [id]: quantity }));
  };
  return {
    quantities: fitted(event.offers, chosen),
    occurrenceId,
    hint,
    choose,
    setOccurrenceId,
    setHint,
  };
}

function LoadedEvent({ event }: { event: EventPage }) {
  const choice = useChoice(event);
  const buying = useBuying(event, choice.occurrenceId);
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
      <Hero event={event} />
      <div className="wrap event" ref={box}>
        <TicketBox
          event={event}
          quantities={choice.quantities}
          occurrenceId={choice.occurrenceId}
          hint={choice.hint}
          isBusy={buying.isPending}
          error={buying.error}
          onQuantity={choice.choose}
          onOccurrence={choice.setOccurrenceId}
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
  const page = useQuery(eventQuery(organizer, slug));
  const availability = useQuery({
    ...availabilityQuery(organizer, slug),
    enabled: page.data?.status === 'published',
  });
  if (page.isPending) return <EventSkeleton />;
  if (page.isError && page.data === undefined) {
    return <ProblemPage error={page.error} onRetry={() => void page.refetch()} />;
  }
  const event = withAvailability(page.data, availability.data?.offers ?? []);
  return <LoadedEvent key={event.id} event={event} />;
}
