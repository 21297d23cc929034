import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventPage, SlotView } from '~/shared/api/generated/boxoffice.schemas';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { About } from './About';
import { lacking } from '~/shared/offers/addOns';
import { lackText } from '~/shared/offers/addOnWords';
import { amountName, wrongAmount } from '~/shared/offers/amounts';
import { addOnsId } from '~/shared/offers/AddOnGroups';
import { BuyBar } from './BuyBar';
import { nextOf } from './days';
import { EventSkeleton } from './EventSkeleton';
import { Hero } from './Hero';
import { countOf, withAvailability, withVoucher } from './quantities';
import { availabilityQuery } from './queries';
import { eventQuery } from '~/shared/offers/queries';
import { StatusBanner } from './StatusBanner';
import { TicketBox } from './TicketBox';
import { basketOf, useChoice } from './useChoice';
import { partOf, togetherWith, type ChosenDate } from '~/shared/offers/dates';
import { useBuying } from '~/shared/offers/useBuying';
import { useCode } from '~/shared/offers/useCode';
import { useDateParts } from '~/shared/offers/useDateParts';
import { useEarlyAccess, withEarlyAccess } from '~/shared/offers/useEarlyAccess';
import { useVoucher } from '~/shared/offers/useVoucher';
import { usePrice } from '~/shared/offers/usePrice';
import { wrongAmountText } from '~/shared/offers/words';
import { fromPriceText, words } from './words';

/** The page with the newest availability of the chosen date. */
function useFresh(page: EventPage, occurrenceId: string | null): EventPage {
  const availability = useQuery({
    ...availabilityQuery(page.organizer.slug, page.slug, occurrenceId),
    enabled: page.status === 'published',
  });
  return withAvailability(page, availability.data?.offers ?? []);
}

/** The date that the URL names, so that a link can lead to it; else the next. */
function useDate(page: EventPage): [ChosenDate, (slot: SlotView) => void] {
  const [search, setSearch] = useSearchParams();
  const named = page.occurrences.find(({ id }) => id === search.get('date')) ?? nextOf(page);
  const [chosen, setChosen] = useState<ChosenDate>({
    occurrenceId: named?.id ?? null,
    times: named ?? null,
  });
  const choose = (slot: SlotView) => {
    setChosen({ occurrenceId: slot.occurrence_id, times: slot });
    setSearch(
      (before) => {
        before.set('date', slot.occurrence_id);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return [chosen, choose];
}

function LoadedEvent({ page }: { page: EventPage }) {
  const [date, setDate] = useDate(page);
  const { occurrenceId } = date;
  const others = useDateParts(page.id);
  const voucher = useVoucher();
  const { state: code, reveal } = useCode(page.organizer.slug, page.slug, occurrenceId);
  const early = useEarlyAccess(page.id);
  const fresh = withVoucher(reveal(useFresh(page, occurrenceId)), voucher);
  const event = withEarlyAccess(fresh, early);
  const choice = useChoice(event, others.parts.length > 0);
  const terms = {
    occurrenceId,
    accessCode: code.hasRevealed ? code.code : '',
    voucher,
    early: early?.code ?? null,
  };
  const basket = basketOf(choice);
  const price = usePrice(event, togetherWith(basket, others.parts, date), terms);
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
  /** Does it once what was chosen is complete, else says what is missing. */
  const completed = (isEmpty: boolean, act: () => void) => {
    const { choices, quantities, amounts, extras } = choice;
    const wrong = wrongAmount(choices, quantities, amounts);
    const lack = lacking(choices, quantities, extras);
    if (isEmpty) refuse(words.choose, 'input');
    else if (wrong !== undefined) {
      refuse(wrongAmountText(wrong), `[name="${amountName(wrong.key)}"]`);
    } else if (lack !== undefined) {
      const place = `[id="${addOnsId(lack.choice, lack.ticket)}"]`;
      refuse(lackText(lack), `${place} input, ${place} button:enabled`);
    } else act();
  };
  const isEmpty = countOf(choice.quantities) === 0;
  const buy = () => {
    if (buying.isPending) return;
    completed(isEmpty && others.parts.length === 0, () => {
      buying.mutate(price.seen());
    });
  };
  const addDate = () => {
    completed(isEmpty, () => {
      others.add(partOf(event, date, basket));
      choice.clear();
      box.current?.querySelector<HTMLElement>('.dates input:enabled')?.focus();
    });
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
          early={early}
          price={price}
          hint={choice.hint}
          isBusy={buying.isPending}
          error={buying.error}
          onQuantity={anew(choice.choose)}
          onAmount={anew(choice.give)}
          onPick={anew(choice.pick)}
          others={others.parts}
          onDate={anew(setDate)}
          onAddDate={() => {
            if (buying.isError) buying.reset();
            addDate();
          }}
          onRemoveDate={anew(others.remove)}
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
