import { describe, expect, it } from 'vitest';
import { daysOf, filtersOf, paramsOf, relaxations, searchOf } from './filters';

const filters = filtersOf(new URLSearchParams('q=jazz&city=Berlin&when=weekend&free=true'));

it('lives in the address: reading back what was written changes nothing', () => {
  expect(filtersOf(searchOf(filters))).toEqual(filters);
  expect(searchOf(filtersOf(new URLSearchParams('when=nonsense'))).toString()).toBe('');
});

it('becomes what the server understands', () => {
  expect(paramsOf(filters, new Date(2027, 2, 10))).toEqual({
    limit: 24,
    q: 'jazz',
    city: 'Berlin',
    free: true,
    date_from: '2027-03-12',
    date_to: '2027-03-14',
  });
});

describe('dates', () => {
  const wednesday = new Date(2027, 2, 10);

  it.each([
    ['any', wednesday, {}],
    ['today', wednesday, { date_from: '2027-03-10', date_to: '2027-03-10' }],
    ['weekend', wednesday, { date_from: '2027-03-12', date_to: '2027-03-14' }],
    ['weekend', new Date(2027, 2, 13), { date_from: '2027-03-13', date_to: '2027-03-14' }],
    ['weekend', new Date(2027, 2, 14), { date_from: '2027-03-14', date_to: '2027-03-14' }],
    ['week', new Date(2026, 11, 30), { date_from: '2026-12-30', date_to: '2027-01-05' }],
  ] as const)('%s from %s', (when, today, days) => {
    expect(daysOf(when, today)).toEqual(days);
  });
});

it('offers to drop one filter at a time when nothing is found', () => {
  const ways = relaxations(filters);
  expect(ways.map(({ label }) => label)).toEqual([
    'without “jazz”',
    'in any city',
    'on any date',
    'at any price',
  ]);
  expect(ways[1]?.filters).toEqual({ ...filters, city: '' });
});
