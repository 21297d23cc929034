import { expect, test } from 'vitest';
import { dayOf, nthOf, ruleOf, ruleText, type RuleDraft } from './rule';

const draft: RuleDraft = {
  frequency: 'WEEKLY',
  interval: '1',
  days: [],
  monthly: 'day',
  ends: 'never',
  count: '10',
  until: '2027-06-30',
};
const TUESDAY = '2027-03-02T19:00';

test('a rule always has the first date among its own', () => {
  expect(dayOf(TUESDAY)).toBe('TU');
  expect(ruleOf(draft, TUESDAY)).toBe('FREQ=WEEKLY;BYDAY=TU');
  expect(ruleOf({ ...draft, days: ['TH'], interval: '2' }, TUESDAY)).toBe(
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH',
  );
  expect(ruleOf({ ...draft, frequency: 'MONTHLY', monthly: 'weekday' }, TUESDAY)).toBe(
    'FREQ=MONTHLY;BYDAY=1TU',
  );
  expect(ruleOf({ ...draft, frequency: 'DAILY', ends: 'until' }, TUESDAY)).toBe(
    'FREQ=DAILY;UNTIL=20270630',
  );
});

test('the last such weekday of a month is called the last', () => {
  expect(nthOf('2027-03-31T19:00')).toBe(-1);
  expect(nthOf('2027-03-24T19:00')).toBe(4);
  expect(nthOf('2027-02-22T19:00')).toBe(-1);
});

test.each([
  ['FREQ=WEEKLY;BYDAY=TU', 'Every week on Tuesday'],
  [
    'FREQ=WEEKLY;INTERVAL=2;COUNT=10;BYDAY=TU,TH',
    'Every 2 weeks on Tuesday and Thursday, 10 times',
  ],
  ['FREQ=MONTHLY;BYDAY=-1FR', 'Every month on the last Friday'],
  ['FREQ=DAILY;UNTIL=20270630T235900', 'Every day, until 2027-06-30'],
])('%s reads %s', (rule, text) => {
  expect(ruleText(rule)).toBe(text);
});
