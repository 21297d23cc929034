import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { managedEvent, quota, renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { Dates } from './Dates';

const EVENT = '/api/v1/organizers/paradiso/events/e1';
const date = (id: string, day: string, changes = {}) => ({
  id,
  starts_at: `${day}T18:00:00Z`,
  ends_at: `${day}T20:00:00Z`,
  doors_at: null,
  series_id: 's1',
  ...changes,
});
const event = managedEvent({
  occurrences: [
    date('oc1', '2097-06-04'),
    date('oc2', '2097-06-11', { status: 'cancelled' }),
    date('oc3', '2097-06-18', { postponed_from: '2097-06-17T18:00:00Z' }),
  ],
  quotas: [quota({ sold: 12 })],
});
const series = {
  id: 's1',
  rule: 'FREQ=WEEKLY;BYDAY=TU',
  starts_at: '2097-06-04T20:00',
  ends_at: '2097-06-04T22:00',
  doors_at: null,
  excepted: ['2097-06-25'],
  added: [],
  coming: 2,
  last_at: '2097-06-18T18:00:00Z',
  drifted: [
    {
      occurrence_id: 'oc3',
      slot: '2097-06-17T20:00',
      starts_at: '2097-06-18T18:00:00Z',
      fields: ['starts_at', 'ends_at'],
    },
  ],
};

function show(permissions?: string[]) {
  server.use(
    http.get(EVENT, () => HttpResponse.json(event)),
    http.get(`${EVENT}/series`, () => HttpResponse.json([series])),
  );
  return renderInArea(<Dates eventId="e1" />, '/organizer/paradiso/events/e1/dates', permissions);
}

test('every date says how it stands, and the series what drifted', async () => {
  show();
  const list = await screen.findByRole('region', { name: 'Dates' });
  expect(within(list).getByText('Cancelled')).toBeVisible();
  expect(within(list).getByText('Postponed')).toBeVisible();
  expect(within(list).getByText(/Floor: 12 of 100 sold/)).toBeVisible();
  expect(await screen.findByText('Every week on Tuesday')).toBeVisible();
  expect(screen.getByText(/start, end/)).toBeVisible();
});

test('a date of a series is moved alone or with those after it', async () => {
  let body: unknown;
  server.use(
    http.patch(`${EVENT}/occurrences/oc1`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(event);
    }),
  );
  const { user } = show();
  const [first] = await screen.findAllByRole('button', { name: /^Change time/ });
  if (first === undefined) throw new Error('no date');
  await user.click(first);
  await user.click(screen.getByRole('radio', { name: 'This date and those after it' }));
  await user.click(screen.getByRole('checkbox', { name: /Leave dates with orders/ }));
  await user.click(screen.getByRole('button', { name: 'Save time' }));
  await expect
    .poll(() => body)
    .toEqual({
      starts_at: '2097-06-04T20:00',
      ends_at: '2097-06-04T22:00',
      scope: 'future',
      keep_sold: true,
    });
});

test('deleting a date asks first, and says why it cannot', async () => {
  server.use(
    http.delete(`${EVENT}/occurrences/oc1`, () =>
      problem(409, 'date_in_use', 'Somebody ordered for this date.'),
    ),
  );
  const { user } = show();
  const [first] = await screen.findAllByRole('button', { name: /^Delete/ });
  if (first === undefined) throw new Error('no date');
  await user.click(first);
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
  expect(await within(dialog).findByText('Somebody ordered for this date.')).toBeVisible();
});

test('a rule shows its dates before they are set up', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${EVENT}/series/preview`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({
        rule: 'FREQ=WEEKLY;BYDAY=TU',
        timezone: 'Europe/Amsterdam',
        dates: [
          {
            slot: '2097-06-04T20:00',
            starts_at: '2097-06-04T18:00:00Z',
            ends_at: '2097-06-04T20:00:00Z',
            shifted: false,
          },
        ],
        endless: true,
      });
    }),
    http.post(`${EVENT}/series`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(event, { status: 201 });
    }),
  );
  const { user } = show();
  await user.click(await screen.findByRole('button', { name: 'Repeat by a rule' }));
  await user.selectOptions(screen.getByLabelText('Ends'), 'never');
  await user.type(screen.getByLabelText(/Not on these days/), '2097-06-11');
  await user.click(screen.getByRole('button', { name: 'Show the dates first' }));
  expect(await screen.findByText('One date, and more as time passes')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Set up these dates' }));
  const body = {
    rule: 'FREQ=WEEKLY;BYDAY=TU',
    starts_at: '2097-06-04T20:00',
    ends_at: '2097-06-04T22:00',
    excepted: ['2097-06-11'],
  };
  await expect.poll(() => sent).toEqual([body, body]);
});

test('who only reads sees the dates and no buttons', async () => {
  show(['events:read']);
  await screen.findByText('Every week on Tuesday');
  expect(screen.queryByRole('button', { name: /Add a date|Repeat|Duplicate/ })).toBeNull();
});
