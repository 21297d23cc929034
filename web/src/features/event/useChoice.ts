import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import type { PickOne } from '~/shared/offers/AddOnGroups';
import { extrasCost, lacking, linesWith, withPick, type Extras } from '~/shared/offers/addOns';
import { wrongAmount, type Amounts } from '~/shared/offers/amounts';
import { allChoices } from '~/shared/offers/choices';
import type { Basket } from '~/shared/offers/usePrice';
import { atStart, fitted, totalOf, type Quantities } from './quantities';

/** What is chosen on the page; `isMore` than was chosen for other dates before. */
export function useChoice(event: EventPage, isMore: boolean) {
  const [search] = useSearchParams();
  const choices = allChoices(event.offers);
  const [chosen, setChosen] = useState<Quantities>(() => (isMore ? {} : atStart(choices, search)));
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
  const clear = () => {
    setChosen({});
    setAmounts({});
    setExtras({});
  };
  const pick: PickOne = (choice, ticket, changed) => {
    setHint(null);
    setExtras((before) => withPick(before, { choice, ticket }, changed));
  };
  return { choices, quantities, amounts, extras, hint, choose, give, pick, clear, setHint };
}

type Choice = ReturnType<typeof useChoice>;

/** What was chosen, as lines of an order. */
export function basketOf({ choices, quantities, amounts, extras }: Choice): Basket {
  const tickets = totalOf(choices, quantities, amounts);
  return {
    items: linesWith(choices, quantities, amounts, extras),
    sum: { ...tickets, amount: tickets.amount + extrasCost(choices, quantities, extras) },
    isComplete:
      wrongAmount(choices, quantities, amounts) === undefined &&
      lacking(choices, quantities, extras) === undefined,
  };
}
