import { expect, test } from 'vitest';
import { managedEvent, quota } from '~/testing/organizer';
import { capacityMark, ownQuotas, segmentsOf, sharedQuotas } from './inventory';

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
  const type = { id: 'floor' } as Parameters<typeof ownQuotas>[1];
  const hall = quota({ id: 'q2', ticket_type_ids: ['floor', 'balcony'] });
  const event = managedEvent({ quotas: [quota(), hall] });
  expect(ownQuotas(event, type).map(({ id }) => id)).toEqual(['q1']);
  expect(sharedQuotas(event)).toEqual([hall]);
});
