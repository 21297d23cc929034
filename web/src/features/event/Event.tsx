import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { About } from './About';
import { amountName, linesFor, wrongAmount, type Amounts } from './amounts';
import { BuyBar } from './BuyBar';
import { allChoices } from './choices';
import { EventSkeleton } from './EventSkeleton';
import { Hero } from './Hero';
import { atStart, countOf, fitted, withAvailability, type Quantities } from './quantities';
import { availabilityQuery, eventQuery } from './queries';
import { StatusBanner } from './StatusBanner';
import { TicketBox } from './TicketBox';
import { useBuying } from './useBuying';
import { useCode } from './useCode';
import { fromPriceText, words, wrongAmountText } from './words';

function useChoice(event: EventPage) {
  const [search] = useSearchParams();
  const choices = allChoices(event.offers);
  const [chosen, setChosen] = useState<Quantities>(() => atStart(choices, search));
  const [amounts, setAmounts] = useState<Amounts>({});
  const [hint, setHint] = useState<string | null>(null);
  const choose = (id: string, quantity: number) => {
    setHint(null);
    setChosen((before) => ({ ...before, [id]: quantity }));
  };
  const give = (key: string, amount: string) => {
    setHint(null);
    setAmounts((before) => ({ ...before, [key]: amount }));
  };
  return { choices, quantities: fitted(choices, chosen), amounts, hint, choose, give, setHint };
}

/** The page with the newest availability of the chosen date. */
function useFresh(page: EventPage, occurrenceId: string | null): EventPage {
  const availability = useQuery({
    ...availabilityQuery(page.organizer.slug, page.slug, occurrenceId),
    enabled: page.status === 'published',
  });
  return withAvailability(page, availability.data?.offers ?? []);
}

function LoadedEvent({ page }: { page: EventPage }) {
  const [occurrenceId, setOccurrenceId] = useState(page.occurrences[0]?.id ?? null);
  const { state: code, event } = useCode(useFresh(page, occurrenceId), occurrenceId);
  const choice = useChoice(event);
  const buying = useBuying(event, occurrenceId, code.hasRevealed ? code.code : '');
  const box = useRef<HTMLDivElement>(null);
  const price = fromPriceText(choice.choices);
  const refuse = (hint: string, field: string) => {
    choice.setHint(hint);
    box.current?.querySelector<HTMLInputElement>(field)?.focus();
  };
  const buy = () => {
    if (buying.isPending) return;
    const { choices, quantities, amounts } = choice;
    const wrong = wrongAmount(choices, quantities, amounts);
    if (countOf(quantities) === 0) refuse(words.choose, 'input');
    else if (wrong !== undefined) {
      refuse(wrongAmountText(wrong), `[name="${amountName(wrong.key)}"]`);
    } else buying.mutate(linesFor(choices, quantities, amounts));
  };
  return (
    <>
      <Hero event={event} />
      <div className="wrap event" ref={box}>
        <TicketBox
          event={event}
          code={code}
          quantities={choice.quantities}
          amounts={choice.amounts}
          occurrenceId={occurrenceId}
          hint={choice.hint}
          isBusy={buying.isPending}
          error={buying.error}
          onQuantity={choice.choose}
          onAmount={choice.give}
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
