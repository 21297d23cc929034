import { expect, test } from 'vitest';
import { smallHall } from '~/testing/seats';
import { flagsOf, hallOf, seatId, stepFrom } from './hall';

test('a drawing becomes seats with places, numbers and labels', () => {
  const { rows, seats } = hallOf(smallHall());
  expect(rows.map(({ name }) => name)).toEqual(['row 1', 'row 2']);
  expect(seats.map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [20, 0],
    [40, 0],
    [0, 20],
    [20, 20],
  ]);
  expect(seats[4]).toMatchObject({
    label: 'Hall, row 2, seat 8',
    ordinal: 11,
    isAccessible: true,
    category: 1,
  });
});

test('a seat has an id of its own on each date', () => {
  expect(seatId('0123456789abcdef01234567', 258)).toBe('01234567-89ab-cdef-0123-456700000102');
});

test('what is not free comes as one bit a seat', () => {
  expect(flagsOf(btoa('\u0005\u0001'), 10)).toEqual([
    ...[true, false, true, false, false, false, false, false],
    ...[true, false],
  ]);
});

test('arrow keys go from seat to seat', () => {
  const hall = hallOf(smallHall());
  expect(stepFrom(hall, 0, 'right')).toBe(1);
  expect(stepFrom(hall, 0, 'left')).toBe(0);
  expect(stepFrom(hall, 1, 'down')).toBe(4);
  expect(stepFrom(hall, 4, 'up')).toBe(1);
});
