import { expect, test } from 'vitest';
import { minorUnits, priceInput, wholeNumber } from './prices';
import { hoursLater, instantOf, wallClock } from './wallClock';

test('prices are read as people type them', () => {
  expect(minorUnits('12', 'EUR')).toBe(1200);
  expect(minorUnits(' 12,5 ', 'EUR')).toBe(1250);
  expect(minorUnits('19.99', 'EUR')).toBe(1999);
  expect(minorUnits('0', 'EUR')).toBe(0);
  expect(minorUnits('1500', 'JPY')).toBe(1500);
});

test('what is no price in that currency is refused', () => {
  for (const text of ['', 'abc', '-1', '1.234', '1e3', '1,000.00']) {
    expect(minorUnits(text, 'EUR')).toBeNull();
  }
  expect(minorUnits('10.5', 'JPY')).toBeNull();
  expect(minorUnits('1.250', 'KWD')).toBe(1250);
});

test('a price is shown for editing without needless zeros', () => {
  expect(priceInput(1200, 'EUR')).toBe('12');
  expect(priceInput(1250, 'EUR')).toBe('12.50');
  expect(priceInput(800, 'JPY')).toBe('800');
});

test('counts are whole and bounded', () => {
  expect(wholeNumber('200', 1)).toBe(200);
  expect(wholeNumber('0', 1)).toBeNull();
  expect(wholeNumber('2.5', 1)).toBeNull();
  expect(wholeNumber('1000001', 1)).toBeNull();
});

test('clock times and instants turn into one another, across the change to summer time', () => {
  expect(instantOf('2027-03-14T19:00', 'Europe/Berlin')).toBe('2027-03-14T18:00:00.000Z');
  expect(instantOf('2027-07-14T19:00', 'Europe/Berlin')).toBe('2027-07-14T17:00:00.000Z');
  expect(instantOf('2027-03-28T03:30', 'Europe/Berlin')).toBe('2027-03-28T01:30:00.000Z');
  expect(wallClock('2027-07-14T17:00:00Z', 'Asia/Kolkata')).toBe('2027-07-14T22:30');
  expect(instantOf('', 'UTC')).toBeNull();
  expect(hoursLater('2027-12-31T22:00', 3)).toBe('2028-01-01T01:00');
});
