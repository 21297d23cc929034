import { expect, test } from 'vitest';
import { managedEvent, quota } from '~/testing/organizer';
import { capacityMark, moved, ownQuotas, segmentsOf, sharedQuotas, sharers } from './inventory';

const whole = (segments: ReturnType<typeof segmentsOf>) =>
  segments.reduce((sum, { share }) => sum + share, 0);

test('sold, held, blocked and free fill the bar exactly', () => {
  const segments = segmentsOf(quota({ sold: 40, held: 10, blocked: 5, free: 45 }));
  expect(segments.map(({ units }) => units)).toEqual([40, 10, 5, 45]);
  expect(segments.reduce((sum, { units }) => sum + units, 0)).toBe(100);
  expect(whole(segments)).toBeCloseTo(1);
  expect(segments.map(({ start }) => start)).toEqual([0, 0.4, 0.5, 0.55]);
});

test('what is overbooked fills the bar, and the capacity is marked on it', () => {
  const overbooked = quota({ capacity: 80, sold: 90, held: 10, free: 0, overbooked_by: 20 });
  expect(whole(segmentsOf(overbooked))).toBeCloseTo(1);
  expect(capacityMark(overbooked)).toBeCloseTo(0.8);
  expect(capacityMark(quota())).toBeNull();
});

test('a quota of nothing is an empty bar, not a division by zero', () => {
  expect(whole(segmentsOf(quota({ capacity: 0, free: 0 })))).toBe(0);
});

test('a quota belongs to a type, or is shared by several', () => {
  const type = { id: 'floor' };
  const hall = quota({ id: 'q2', ticket_type_ids: ['floor', 'balcony'] });
  const event = managedEvent({ quotas: [quota(), hall] });
  expect(ownQuotas(event, type).map(({ id }) => id)).toEqual(['q1']);
  expect(sharedQuotas(event)).toEqual([hall]);
});

test('what is being paid for or reserved is told where there is some', () => {
  const busy = quota({ sold: 40, pending: 4, held: 6, vouchers: 5, waitlist: 5, free: 40 });
  expect(segmentsOf(busy).map(({ kind, units }) => [kind, units])).toEqual([
    ['sold', 40],
    ['pending', 4],
    ['held', 6],
    ['vouchers', 5],
    ['waitlist', 5],
    ['blocked', 0],
    ['free', 40],
  ]);
  expect(whole(segmentsOf(busy))).toBeCloseTo(1);
});

test('a quota of one variation is its own, one of several is shared by name', () => {
  const one = quota({ id: 'q3', ticket_type_ids: [], variation_ids: ['s'] });
  const both = quota({ id: 'q4', ticket_type_ids: ['floor'], variation_ids: ['s'] });
  const variation = { id: 's', name: 'S', price: null, on_sale: true, position: 0, quota_ids: [] };
  const type = (id: string, name: string) =>
    ({ id, name, variations: id === 'shirt' ? [variation] : [] }) as never;
  const event = managedEvent({
    ticket_types: [type('floor', 'Floor'), type('shirt', 'Shirt')],
    quotas: [one, both],
  });
  expect(ownQuotas(event, { id: 's' })).toEqual([one]);
  expect(sharedQuotas(event)).toEqual([both]);
  expect(sharers(event, both)).toEqual(['Floor', 'Shirt · S']);
});

test('one place up or down', () => {
  expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
});
