import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { useState } from 'react';
import { expect, test } from 'vitest';
import type { EventPage, SlotView } from '~/shared/api/generated/boxoffice.schemas';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { DateChooser } from './DateChooser';
import { dayIn, daysOf, monthText, nextOf } from './days';

const date = (id: string, day: string, status: 'scheduled' | 'cancelled' = 'scheduled') => ({
  id,
  starts_at: `${day}T18:00:00Z`,
  ends_at: `${day}T20:00:00Z`,
  doors_at: null,
  status,
});
const slot = (id: string, day: string, state: SlotView['state']): SlotView => ({
  occurrence_id: id,
  day,
  starts_at: `${day}T18:00:00Z`,
  ends_at: `${day}T20:00:00Z`,
  state,
});
const event = {
  slug: 'night-bus',
  status: 'published',
  timezone: 'Europe/Amsterdam',
  organizer: { slug: 'paradiso' },
  occurrences: [
    date('a', '2097-06-04', 'cancelled'),
    date('b', '2097-06-11'),
    date('c', '2097-07-02'),
  ],
} as unknown as EventPage;

function answer(month: string, slots: SlotView[], days: [string | null, string | null]) {
  return HttpResponse.json({
    timezone: 'Europe/Amsterdam',
    as_of: '2097-06-01T10:00:00Z',
    first: daysOf(month).from,
    last: daysOf(month).to,
    slots,
    truncated: false,
    previous_day: days[0],
    next_day: days[1],
  });
}

function Chooser() {
  const [value, setValue] = useState<string | null>('b');
  return (
    <>
      <DateChooser
        event={event}
        value={value}
        onPick={(slot) => {
          setValue(slot.occurrence_id);
        }}
      />
      <output>{value}</output>
    </>
  );
}

test('one chooses a date month by month, and sees what is left of each', async () => {
  server.use(
    http.get('/api/v1/events/paradiso/night-bus/calendar', ({ request }) => {
      const from = new URL(request.url).searchParams.get('from') ?? '';
      return from === '2097-06-01'
        ? answer(
            '2097-06',
            [slot('a', '2097-06-04', 'cancelled'), slot('b', '2097-06-11', 'few')],
            [null, '2097-07-02'],
          )
        : answer('2097-07', [slot('c', '2097-07-02', 'free')], ['2097-06-11', null]);
    }),
  );
  const { user } = renderPage(<Chooser />, '/', '/');
  expect(await screen.findByText('Few left')).toBeVisible();
  expect(screen.getByRole('radio', { name: /Cancelled/ })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Later dates' }));
  expect(await screen.findByText('July 2097')).toBeVisible();
  await user.click(screen.getByRole('radio', { name: /2 Jul,/ }));
  expect(screen.getByRole('status')).toHaveTextContent('c');
});

test('the next date is the first that takes place', () => {
  expect(nextOf(event)?.id).toBe('b');
  expect(nextOf({ occurrences: event.occurrences.slice(0, 1) })?.id).toBe('a');
  expect(nextOf({ occurrences: [] })).toBeUndefined();
});

test('days and months are those of the event', () => {
  expect(dayIn('2097-06-30T23:30:00Z', 'Europe/Amsterdam')).toBe('2097-07-01');
  expect(daysOf('2096-02')).toEqual({ from: '2096-02-01', to: '2096-02-29' });
  expect(monthText('2097-03')).toBe('March 2097');
});
