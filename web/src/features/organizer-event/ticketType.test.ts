import { expect, test } from 'vitest';
import type { TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { managedEvent, quota } from '~/testing/organizer';
import { saleState, termsText, typePrice } from './ticketType';

const NOW = Date.parse('2027-03-01T12:00:00Z');
const LATER = '2027-03-02T12:00:00Z';
const EARLIER = '2027-02-28T12:00:00Z';

function type(changes: Partial<TicketTypeView> = {}): TicketTypeView {
  return {
    id: 'floor',
    name: 'Floor',
    description: '',
    price: { amount: 2000, currency: 'EUR' },
    min_per_order: 1,
    max_per_order: 10,
    sales_start: null,
    sales_end: null,
    on_sale: true,
    position: 0,
    quota_ids: ['q1'],
    ...changes,
  };
}

test('a type that opens after another waits until that one is over', () => {
  const early = type({ name: 'Early bird' });
  const next = type({ id: 'next', opens_after_id: 'floor' });
  const word = (
    changes: Partial<TicketTypeView>,
    free: number,
    own: Partial<TicketTypeView> = {},
  ) =>
    saleState(
      managedEvent({ ticket_types: [{ ...early, ...changes }, next], quotas: [quota({ free })] }),
      { ...next, ...own },
      NOW,
    ).word;
  expect(word({}, 1)).toBe('Waits for Early bird');
  expect(word({}, 0)).toBe('On sale');
  expect(word({ on_sale: false }, 1)).toBe('On sale');
  expect(word({ sales_end: EARLIER }, 1)).toBe('On sale');
  expect(word({}, 1, { sales_start: LATER })).toBe('Waits for Early bird');
  expect(word({}, 0, { sales_start: LATER })).toBe('On sale');
  expect(word({}, 1, { sales_start: EARLIER })).toBe('On sale');
});

test('without another its own window decides', () => {
  const event = managedEvent();
  expect(saleState(event, type({ sales_start: LATER }), NOW).word).toBe('Not yet on sale');
  expect(saleState(event, type({ sales_end: EARLIER }), NOW).word).toBe('Sale ended');
  expect(saleState(event, type({ on_sale: false }), NOW).word).toBe('Off sale');
});

test('the terms name the limit per person and the type before', () => {
  const event = managedEvent({ ticket_types: [type({ id: 'early', name: 'Early bird' })] });
  const terms = termsText(type({ max_per_person: 4, opens_after_id: 'early' }), event);
  expect(terms).toBe('1 to 10 per order · at most 4 per person · opens after Early bird');
});

test('the price says who sets it', () => {
  expect(typePrice(type())).toBe('€20.00');
  expect(typePrice(type({ pricing: 'open' }))).toBe('Buyers choose, from €20.00');
  expect(typePrice(type({ pricing: 'open', price: { amount: 0, currency: 'EUR' } }))).toBe(
    'Buyers choose',
  );
});
