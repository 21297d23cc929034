import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { About } from './About';
import { extrasCost, lacking, linesWith, withPick, type Extras } from '~/shared/offers/addOns';
import { lackText } from '~/shared/offers/addOnWords';
import { amountName, wrongAmount, type Amounts } from '~/shared/offers/amounts';
import { addOnsId, type PickOne } from '~/shared/offers/AddOnGroups';
import { BuyBar } from './BuyBar';
import { allChoices } from '~/shared/offers/choices';
import { nextOf } from './days';
import { EventSkeleton } from './EventSkeleton';
import { Hero } from './Hero';
import {
  atStart,
  countOf,
  fitted,
  totalOf,
  withAvailability,
  withVoucher,
  type Quantities,
} from './quantities';
import { availabilityQuery } from './queries';
import { eventQuery } from '~/shared/offers/queries';
import { StatusBanner } from './StatusBanner';
import { TicketBox } from './TicketBox';
import { useBuying } from '~/shared/offers/useBuying';
import { useCode } from '~/shared/offers/useCode';
import { useVoucher } from '~/shared/offers/useVoucher';
import { usePrice } from '~/shared/offers/usePrice';
import { wrongAmountText } from '~/shared/offers/words';
import { fromPriceText, words } from './words';

function useChoice(event: EventPage) {
  const [search] = useSearchParams();
  const choices = allChoices(event.offers);
  const [chosen, setChosen] = useState<Quantities>(() => atStart(choices, search));
  const [amounts, setAmounts] = useState<Amounts>({});
  const [extras, setExtras] = useState<Extras>({});
  const [hint, setHint] = useState<string | null>(null);
  const choose = (id: string, quantity: number) => {
    setHint(null);
    setChosen((before) => ({ ...before, [id]: quantity }));
  };
  const give = (key: string, amount: string) => {
    setHint(null);
    setAmounts((before) => ({ ...before, [key]: amount }));
  };
  const quantities = fitted(choices, chosen);
  const pick: PickOne = (choice, ticket, changed) => {
    setHint(null);
    setExtras((before) => withPick(before, { choice, ticket }, changed));
  };
  return { choices, quantities, amounts, extras, hint, choose, give, pick, setHint };
}

type Choice = ReturnType<typeof useChoice>;

function basketOf({ choices, quantities, amounts, extras }: Choice) {
  const tickets = totalOf(choices, quantities, amounts);
  return {
    items: linesWith(choices, quantities, amounts, extras),
    sum: { ...tickets, amount: tickets.amount + extrasCost(choices, quantities, extras) },
    isComplete:
      wrongAmount(choices, quantities, amounts) === undefined &&
      lacking(choices, quantities, extras) === undefined,
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
  const voucher = useVoucher();
  const { state: code, reveal } = useCode(page.organizer.slug, page.slug, occurrenceId);
  const event = withVoucher(reveal(useFresh(page, occurrenceId)), voucher);
  const choice = useChoice(event);
  const terms = { occurrenceId, accessCode: code.hasRevealed ? code.code : '', voucher };
  const price = usePrice(event, basketOf(choice), terms);
  const { queryKey } = availabilityQuery(page.organizer.slug, page.slug, occurrenceId);
  const buying = useBuying(event, terms, queryKey);
  const box = useRef<HTMLDivElement>(null);
  const from = fromPriceText(choice.choices);
  const refuse = (hint: string, field: string) => {
    choice.setHint(hint);
    box.current?.querySelector<HTMLElement>(field)?.focus();
  };
  /** Whoever chooses anew has done with what was refused. */
  const anew = <Args extends unknown[]>(change: (...args: Args) => void) => {
    return (...args: Args) => {
      if (buying.isError) buying.reset();
      change(...args);
    };
  };
  const buy = () => {
    if (buying.isPending) return;
    const { choices, quantities, amounts, extras } = choice;
    const wrong = wrongAmount(choices, quantities, amounts);
    const lack = lacking(choices, quantities, extras);
    if (countOf(quantities) === 0) refuse(words.choose, 'input');
    else if (wrong !== undefined) {
      refuse(wrongAmountText(wrong), `[name="${amountName(wrong.key)}"]`);
    } else if (lack !== undefined) {
      const place = `[id="${addOnsId(lack.choice, lack.ticket)}"]`;
      refuse(lackText(lack), `${place} input, ${place} button:enabled`);
    } else buying.mutate(price.seen());
  };
  return (
    <>
      <Hero event={event} occurrenceId={occurrenceId} />
      <div className="wrap event" ref={box}>
        <TicketBox
          event={event}
          code={code}
          quantities={choice.quantities}
          amounts={choice.amounts}
          extras={choice.extras}
          terms={terms}
          price={price}
          hint={choice.hint}
          isBusy={buying.isPending}
          error={buying.error}
          onQuantity={anew(choice.choose)}
          onAmount={anew(choice.give)}
          onPick={anew(choice.pick)}
          onOccurrence={anew(setOccurrenceId)}
          onAccept={(total) => {
            buying.mutate({ items: price.items, expected_total: total });
          }}
          onSubmit={buy}
          banner={<StatusBanner event={event} />}
        />
        <About event={event} />
      </div>
      {from !== null && event.status === 'published' && (
        <BuyBar price={from} box={box} isBusy={buying.isPending} />
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
