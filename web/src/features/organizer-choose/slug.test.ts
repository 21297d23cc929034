import { expect, test } from 'vitest';
import { slugOf } from './slug';

test('a name suggests an address', () => {
  expect(slugOf('Kesselhaus Berlin')).toBe('kesselhaus-berlin');
  expect(slugOf('O’Brien & Söhne')).toBe('obrien-sohne');
  expect(slugOf('Straße 12')).toBe('strasse-12');
});

test('where it cannot, it says so with nothing', () => {
  expect(slugOf('李')).toBe('');
  expect(slugOf('')).toBe('');
});
