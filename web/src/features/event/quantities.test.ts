import { describe, expect, it } from 'vitest';
import type { OfferView } from '~/shared/api/generated/boxoffice.schemas';
import { allowed, atStart, fitted, lowestPrice, stepped, totalOf } from './quantities';
import { fromPriceText, offerNote } from './words';

function offer(changes: Partial<OfferView> = {}): OfferView {
  return {
    ticket_type_id: 'a',
    name: 'Floor',
    description: '',
    price: { amount: 2000, currency: 'EUR' },
    list_price: { amount: 2000, currency: 'EUR' },
    fees: [],
    tax: { amount: 0, currency: 'EUR' },
    min_per_order: 1,
    max_per_order: 6,
    state: 'on_sale',
    available: null,
    sales_start: null,
    sales_end: null,
    ...changes,
  };
}
const none = new URLSearchParams();

describe('how many', () => {
  it('goes from none to the minimum at once, and back', () => {
    const group = offer({ min_per_order: 4 });
    expect(stepped(group, 0, 1)).toBe(4);
    expect(stepped(group, 4, -1)).toBe(0);
  });

  it('never exceeds what one order may take or what is left', () => {
    expect(allowed(offer(), 99)).toBe(6);
    expect(allowed(offer({ state: 'few', available: 2 }), 5)).toBe(2);
    expect(allowed(offer({ min_per_order: 4, state: 'few', available: 2 }), 4)).toBe(0);
  });

  it('is none for what is not on sale, and for nonsense', () => {
    expect(allowed(offer({ state: 'sold_out' }), 1)).toBe(0);
    expect(allowed(offer(), Number.NaN)).toBe(0);
  });

  it('starts with one of the only type on sale, or with what the address asks for', () => {
    const gone = offer({ ticket_type_id: 'b', state: 'sold_out' });
    expect(atStart([offer(), gone], none)).toEqual({ a: 1 });
    expect(atStart([offer(), offer({ ticket_type_id: 'b' })], none)).toEqual({});
    expect(atStart([offer()], new URLSearchParams('q-a=3'))).toEqual({ a: 3 });
  });

  it('shrinks when others buy meanwhile', () => {
    expect(fitted([offer({ state: 'few', available: 1 })], { a: 3 })).toEqual({ a: 1 });
  });
});

it('adds up what is chosen', () => {
  const offers = [offer(), offer({ ticket_type_id: 'b', price: { amount: 500, currency: 'EUR' } })];
  expect(totalOf(offers, { a: 2, b: 1 })).toEqual({ amount: 4500, currency: 'EUR' });
});

it('shows the lowest price on sale first', () => {
  const cheap = offer({ ticket_type_id: 'b', price: { amount: 0, currency: 'EUR' } });
  expect(fromPriceText([offer()])).toBe('€20.00');
  expect(fromPriceText([offer(), offer({ price: { amount: 900, currency: 'EUR' } })])).toBe(
    'from €9.00',
  );
  expect(fromPriceText([offer(), cheap])).toBe('Free and paid');
  expect(lowestPrice([offer({ state: 'ended' })])).toBeNull();
});

it('tells when sales start and when few are left', () => {
  const later = offer({ state: 'not_yet', sales_start: '2027-01-04T09:00:00Z' });
  expect(offerNote(later, 'Europe/Berlin')).toBe('On sale from Mon 4 Jan 2027, 10:00');
  expect(offerNote(offer({ state: 'few', available: 3, description: 'Seated.' }), 'UTC')).toBe(
    'Only 3 left. Seated.',
  );
});
