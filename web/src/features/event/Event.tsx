import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { About } from './About';
import { BuyBar } from './BuyBar';
import { EventSkeleton } from './EventSkeleton';
import { Hero } from './Hero';
import {
  atStart,
  countOf,
  fitted,
  withAvailability,
  withVoucher,
  type Quantities,
} from './quantities';
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

/** The code that a link such as /e/…?voucher=CODE brings along. */
function useVoucher(): string | null {
  const [search] = useSearchParams();
  const code = search.get('voucher')?.trim() ?? '';
  return code === '' ? null : code.slice(0, 64);
}

function LoadedEvent({ page }: { page: EventPage }) {
  const [occurrenceId, setOccurrenceId] = useState(page.occurrences[0]?.id ?? null);
  const voucher = useVoucher();
  const event = withVoucher(useFresh(page, occurrenceId), voucher);
  const choice = useChoice(event);
  const buying = useBuying(event, occurrenceId, voucher);
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
          occurrenceId={occurrenceId}
          voucher={voucher}
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
