import { describe, expect, it } from 'vitest';
import type { AddOnGroupView } from '~/shared/api/generated/boxoffice.schemas';
import { addOn, addOnGroup as group } from '~/testing/addOns';
import { offerView } from '~/testing/events';
import { contentsText, groupText, lackText } from './addOnWords';
import {
  extrasCost,
  extrasOf,
  lacking,
  linesWith,
  mostOfExtra,
  picksOf,
  withPick,
  type Extra,
  type Picked,
} from './addOns';
import { choicesOf, type Choice } from './choices';

function day(...groups: AddOnGroupView[]): Choice {
  const [choice] = choicesOf(offerView('Day', 5000, { add_on_groups: groups }));
  if (choice === undefined) throw new Error('no choice');
  return choice;
}

const meals = group({ minimum: 1, included: 1 }, addOn('Lunch', 1500), addOn('Dinner', 3000));
const [lunch, dinner] = extrasOf(meals) as [Extra, Extra];

function pick(choice: Choice, picks: readonly [number, Picked][]) {
  return picks.reduce(
    (extras, [ticket, changed]) => withPick(extras, { choice, ticket }, changed),
    {},
  );
}

describe('what comes with tickets', () => {
  it('is ordered with them, tickets with the same extras together', () => {
    const choice = day(meals);
    const extras = pick(choice, [
      [0, { Lunch: 2 }],
      [1, { Dinner: 1 }],
      [2, { Dinner: 0 }],
    ]);
    expect(linesWith([choice], { Day: 3 }, {}, extras)).toEqual([
      { ticket_type_id: 'Day', quantity: 2, add_ons: [{ ticket_type_id: 'Lunch', quantity: 2 }] },
      {
        ticket_type_id: 'Day',
        quantity: 1,
        add_ons: [
          { ticket_type_id: 'Lunch', quantity: 2 },
          { ticket_type_id: 'Dinner', quantity: 1 },
        ],
      },
    ]);
  });

  it('is taken over by a ticket that comes later', () => {
    const choice = day(meals);
    const extras = pick(choice, [[0, { Lunch: 1 }]]);
    expect(picksOf(choice, 2, extras)).toEqual([{ Lunch: 1 }, { Lunch: 1 }]);
  });

  it('is chosen already where there is no choice', () => {
    const choice = day(group({ minimum: 2, maximum: 2 }, addOn('Lunch', 0)));
    expect(picksOf(choice, 1, {})).toEqual([{ Lunch: 2 }]);
    expect(lacking([choice], { Day: 1 }, {})).toBeUndefined();
  });

  it('costs what the dearest that are included leave', () => {
    const choice = day(meals);
    const extras = pick(choice, [[0, { Lunch: 2, Dinner: 1 }]]);
    expect(extrasCost([choice], { Day: 2 }, extras)).toBe(2 * 3000);
  });

  it('is named when it is missing', () => {
    const choice = day(meals);
    const lack = lacking(
      [choice],
      { Day: 2 },
      pick(choice, [
        [0, { Lunch: 1 }],
        [1, { Lunch: 0 }],
      ]),
    );
    expect(lack?.ticket).toBe(1);
    expect(lack && lackText(lack)).toBe('Choose at least one of Meals with each Day.');
  });

  it('is never more than a group allows or is left', () => {
    expect(mostOfExtra(meals, { Lunch: 2 }, dinner)).toBe(1);
    expect(mostOfExtra(meals, { Lunch: 1, Dinner: 1 }, lunch)).toBe(2);
    expect(mostOfExtra(meals, {}, { ...lunch, available: 1 })).toBe(1);
  });
});

it('says what a group takes and what a bundle contains', () => {
  expect(groupText(meals)).toBe('Choose 1 to 3, 1 of them included.');
  expect(groupText(group({ minimum: 0, maximum: 1, included: 1 }))).toBe('At most one, included.');
  expect(groupText(group({ minimum: 2, maximum: 2 }))).toBe('Choose 2.');
  const contents = [
    { ticket_type_id: 'd', name: 'Dinner', variation_name: null, units: 2 },
    { ticket_type_id: 's', name: 'Shirt', variation_name: 'M', units: 1 },
  ];
  expect(contentsText({ contents })).toBe('Includes 2 × Dinner, Shirt · M.');
});
