import { expect, test } from 'vitest';
import { managedEvent } from '~/testing/organizer';
import { refusalOf } from './coverFile';
import { changesOf, detailsOf } from './details';
import { bodyOf, draftOf } from './ticketType';

const before = detailsOf(managedEvent());

test('times are edited as clocks at the event show them', () => {
  expect(before.startsAt).toBe('2027-03-13T20:00');
  expect(before.endsAt).toBe('2027-03-13T23:30');
});

test('only what differs is sent', () => {
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf(before, { ...before, title: ' Late Bus ' })).toEqual({ title: 'Late Bus' });
  expect(changesOf(before, { ...before, city: 'Utrecht' })).toEqual({
    venue: { name: 'Paradiso', address: null, city: 'Utrecht', country: null },
  });
  expect(changesOf(before, { ...before, venue: '', city: '' })).toEqual({ venue: null });
});

test('a new ticket type is sent in minor units and instants', () => {
  const event = managedEvent();
  const draft = {
    ...draftOf(null, event),
    name: 'Floor',
    price: '28,50',
    quantity: '80',
    salesEnd: '2027-03-13T18:00',
  };
  expect(bodyOf(draft, event)).toMatchObject({
    name: 'Floor',
    price: 2850,
    quantity: 80,
    sales_start: null,
    sales_end: '2027-03-13T17:00:00.000Z',
  });
});

test('a file that cannot be a cover is refused before it is sent', () => {
  expect(refusalOf({ type: 'image/png', size: 1000 })).toBeNull();
  expect(refusalOf({ type: 'application/pdf', size: 1000 })).toMatch(/JPEG, PNG or WebP/);
  expect(refusalOf({ type: 'image/png', size: 13 * 1024 * 1024 })).toMatch(/12 MB/);
});
