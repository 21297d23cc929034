import { describe, expect, it } from 'vitest';
import type { EventPage, OfferView } from '~/shared/api/generated/boxoffice.schemas';
import { linesFor, proposed, unitPrice, wrongAmount } from '~/shared/offers/amounts';
import { allChoices, choicesOf, shelvesOf, type Choice } from '~/shared/offers/choices';
import { allowed, atStart, fitted, lowestPrice, stepped, totalOf } from './quantities';
import { choicePrice, fewLeft } from '~/shared/offers/words';
import { fromPriceText, offerNote, smallPrint } from './words';

function offer(changes: Partial<Choice> = {}): Choice {
  return {
    key: 'a',
    variationId: null,
    fullName: 'Floor',
    ticket_type_id: 'a',
    name: 'Floor',
    description: '',
    price: { amount: 2000, currency: 'EUR' },
    list_price: changes.price ?? { amount: 2000, currency: 'EUR' },
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
const event = (...offers: OfferView[]) =>
  ({ offers, timezone: 'Europe/Berlin' }) as unknown as EventPage;
const euros = (amount: number) => ({ amount, currency: 'EUR' });
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
    const gone = offer({ key: 'b', state: 'sold_out' });
    expect(atStart([offer(), gone], none)).toEqual({ a: 1 });
    expect(atStart([offer(), offer({ key: 'b' })], none)).toEqual({});
    expect(atStart([offer()], new URLSearchParams('q-a=3'))).toEqual({ a: 3 });
  });

  it('shrinks when others buy meanwhile', () => {
    expect(fitted([offer({ state: 'few', available: 1 })], { a: 3 })).toEqual({ a: 1 });
  });
});

it('adds up what is chosen', () => {
  const offers = [offer(), offer({ key: 'b', price: { amount: 500, currency: 'EUR' } })];
  expect(totalOf(offers, { a: 2, b: 1 })).toEqual({ amount: 4500, currency: 'EUR' });
});

it('shows the lowest price on sale first', () => {
  const cheap = offer({ key: 'b', price: { amount: 0, currency: 'EUR' } });
  expect(fromPriceText([offer()])).toBe('€20.00');
  expect(fromPriceText([offer(), offer({ price: { amount: 900, currency: 'EUR' } })])).toBe(
    'from €9.00',
  );
  expect(fromPriceText([offer(), cheap])).toBe('Free and paid');
  expect(lowestPrice([offer({ state: 'ended' })])).toBeNull();
});

it('tells when sales start and when few are left', () => {
  const later = offer({ state: 'not_yet', sales_start: '2027-01-04T09:00:00Z' });
  expect(offerNote(later, event())).toBe('On sale from Mon 4 Jan 2027, 10:00');
  const few = offer({ state: 'few', available: 3, description: 'Seated.' });
  expect(offerNote(few, event())).toBe('Only 3 left. Seated.');
});

it('tells how many one person may have', () => {
  const few = offer({ state: 'few', available: 3, description: 'Seated.', max_per_person: 2 });
  expect(offerNote(few, event())).toBe('Only 3 left. Seated. At most 2 per person.');
  expect(smallPrint({ ...event(), max_per_person: 6 }, true)).toBe(
    'Free of charge, no card needed. At most 6 per person.',
  );
});

it('tells which tier comes first', () => {
  const early = offer({ ticket_type_id: 'early', name: 'Early bird' });
  const next = offer({ state: 'not_yet', opens_after: 'early' });
  expect(offerNote(next, event(early, next))).toBe('Opens when Early bird is sold out or over');
  const dated = { ...next, sales_start: '2027-01-04T09:00:00Z' };
  expect(offerNote(dated, event(early, dated))).toBe(
    'Opens when Early bird is sold out or over, on Mon 4 Jan 2027, 10:00 at the latest',
  );
  expect(offerNote(next, event(next))).toBe('');
});

describe('a type with variations', () => {
  const variation = (id: string, amount: number, available: number | null = null) => ({
    variation_id: id,
    name: id,
    price: euros(amount),
    list_price: euros(amount),
    fees: [],
    tax: euros(0),
    state: available === null ? ('on_sale' as const) : ('few' as const),
    available,
  });
  const hoodie = { ...offer(), ticket_type_id: 't', name: 'Hoodie', min_per_order: 2 };
  const varied: OfferView = {
    ...hoodie,
    variations: [variation('S', 2500), variation('L', 3000, 2)],
  };

  it('has a row for each, with its own price and stock', () => {
    const [small, large] = choicesOf(varied);
    expect(small).toMatchObject({ key: 't.S', fullName: 'Hoodie · S', price: euros(2500) });
    expect(large).toMatchObject({ key: 't.L', available: 2 });
    expect(fewLeft(varied.variations?.[1] ?? varied)).toBe('Only 2 left.');
    expect(offerNote({ ...varied, state: 'few', available: 2 }, event())).toBe('');
    expect(fromPriceText(choicesOf(varied))).toBe('from €25.00');
  });

  it('is ordered by type and variation', () => {
    expect(linesFor(allChoices([varied]), { 't.L': 2, 't.S': 0 }, {})).toEqual([
      { ticket_type_id: 't', variation_id: 'L', quantity: 2 },
    ]);
  });
});

describe('an amount that the buyer chooses', () => {
  const gift = offer({ pricing: 'open', price: euros(500), suggested_price: euros(1250) });

  it('starts with what is suggested, or with the least', () => {
    expect(proposed(gift)).toBe('12.50');
    expect(proposed({ ...gift, suggested_price: null })).toBe('5');
    expect(choicePrice(gift)).toBe('Pay what you want, from €5.00');
    expect(choicePrice({ ...gift, price: euros(0) })).toBe('Pay what you want');
  });

  it('counts as typed, and not below the least', () => {
    expect(unitPrice(gift, {})).toBe(1250);
    expect(unitPrice(gift, { a: '7,20' })).toBe(720);
    expect(unitPrice(gift, { a: '4.99' })).toBeNull();
    expect(unitPrice(gift, { a: 'much' })).toBeNull();
    expect(totalOf([gift], { a: 2 }, { a: '6' })).toEqual(euros(1200));
    expect(wrongAmount([gift], { a: 1 }, { a: '1' })).toBe(gift);
    expect(wrongAmount([gift], { a: 0 }, { a: '1' })).toBeUndefined();
    expect(linesFor([gift], { a: 1 }, { a: '6' })).toEqual([
      { ticket_type_id: 'a', quantity: 1, price: 600 },
    ]);
  });
});

it('puts types under their headings, those without one first', () => {
  const days = { id: 'd', name: 'Days', position: 0 };
  const unused = { id: 'u', name: 'Unused', position: 1 };
  const shelves = shelvesOf([offer({ category_id: 'd' }), offer({ name: 'Any' })], [days, unused]);
  expect(shelves.map(({ heading, offers }) => [heading?.name, offers.length])).toEqual([
    [undefined, 1],
    ['Days', 1],
  ]);
});
