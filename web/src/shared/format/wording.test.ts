import { describe, expect, it } from 'vitest';
import wording from '../../../first-screens/wording.json';
import { posterOf } from '../poster/poster';
import { cardDateText, daySpanText, hoursInZoneText } from './dates';
import { clockText, countText, leftText } from './duration';
import { exponentOf, priceText } from './money';

// The server words its first screens by the same examples.
describe('wording shared with the server', () => {
  it.each(wording.dates)(
    'dates $card in $zone',
    ({ zone, starts_at: from, ends_at: to, card, days, hours }) => {
      expect(cardDateText(from, to, zone)).toBe(card);
      expect(daySpanText(from, to, zone)).toBe(days);
      expect(hoursInZoneText(from, to, zone)).toBe(hours);
    },
  );

  it.each(wording.prices)('prices $text', ({ amount, currency, text }) => {
    expect(priceText({ amount, currency })).toBe(text);
  });

  it.each(wording.posters)('gives "$title" its poster', ({ title, ...look }) => {
    expect(posterOf(title)).toEqual(look);
  });
});

it('knows currencies without cents and with thousandths', () => {
  expect(['EUR', 'JPY', 'KWD'].map(exponentOf)).toEqual([2, 0, 3]);
});

it('counts down in minutes and seconds and stops at zero', () => {
  expect([680_000, 59_001, 0, -5].map(clockText)).toEqual(['11:20', '1:00', '0:00', '0:00']);
});

it('counts hours from an hour on, and whole days while that is exact enough', () => {
  expect(clockText(86_352_000)).toBe('23:59:12');
  expect([86_352_000, 3 * 86_400_000].map(leftText)).toEqual(['23:59:12', '3 days']);
});

it('speaks of one ticket and of several', () => {
  expect([countText(1, 'ticket'), countText(2, 'ticket')]).toEqual(['1 ticket', '2 tickets']);
});

it('writes September like every other month', () => {
  expect(daySpanText('2027-09-01T10:00:00Z', '2027-09-01T12:00:00Z', 'UTC')).toBe('Wed 1 Sep 2027');
});
