import { expect, test } from 'vitest';
import { eventPage, offerView } from '~/testing/events';
import { asParts, partOf, seatsIn, togetherWith, withoutPart, withPart } from './dates';

const event = eventPage({ offers: [offerView('Floor', 2850)] });
const times = (day: string) => ({ starts_at: `${day}T18:00:00Z`, ends_at: `${day}T20:00:00Z` });
const june = { occurrenceId: 'june', times: times('2097-06-11') };
const july = { occurrenceId: 'july', times: times('2097-07-02') };
const basket = (quantity: number, seats: string[] = []) => ({
  items: [{ ticket_type_id: 'Floor', quantity, seats }],
  sum: { amount: 2850 * quantity, currency: 'EUR' },
  isComplete: true,
});

function part(date: typeof june, quantity: number, seats: string[] = []) {
  const made = partOf(event, date, basket(quantity, seats));
  if (made === null) throw new Error('no part');
  return made;
}

test('what is bought together begins with the earliest date, and every line names its own', () => {
  const parts = withPart([], part(july, 2));
  expect(togetherWith(basket(1), parts, june)).toEqual({
    items: [
      { ticket_type_id: 'Floor', quantity: 1, seats: [], occurrence_id: 'june' },
      { ticket_type_id: 'Floor', quantity: 2, seats: [], occurrence_id: 'july' },
    ],
    sum: { amount: 8550, currency: 'EUR' },
    isComplete: true,
  });
  expect(togetherWith(basket(1), [], june)).toEqual(basket(1));
});

test('a date that is chosen for twice stands there once, and can be left out', () => {
  const parts = [part(july, 2), part(june, 1), part(july, 3)].reduce(withPart, []);
  expect(parts.map(({ occurrenceId, text, amount }) => [occurrenceId, text, amount])).toEqual([
    ['june', '1 × Floor', 2850],
    ['july', '2 × Floor, 3 × Floor', 14250],
  ]);
  expect(withoutPart(parts, part(june, 1))).toHaveLength(1);
});

test('seats that were chosen before are known', () => {
  expect(seatsIn([part(june, 2, ['s1', 's2'])])).toEqual(new Set(['s1', 's2']));
});

test('what the storage holds is believed as far as it can be', () => {
  const good = part(june, 1);
  expect(asParts([good, { ...good, starts_at: 'soon' }, null, 3, { ...good, items: 'x' }])).toEqual(
    [good],
  );
  expect(asParts('nonsense')).toEqual([]);
});
