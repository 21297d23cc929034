import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { aislesOf } from './GenerateForm';
import { SeatMaps } from './SeatMaps';

const MAPS = '/api/v1/organizers/paradiso/seat-maps';
const opera = {
  id: 'm1',
  name: 'Opera',
  version: 2,
  seats: 1200,
  standing: 50,
  created_at: '2026-11-22T20:00:00Z',
};

function open(permissions?: string[]) {
  const page = { items: [opera], has_more: false, next_cursor: null };
  server.use(http.get(MAPS, () => HttpResponse.json(page)));
  return renderInArea(<SeatMaps />, '/organizer/paradiso/seat-maps', permissions);
}

const file = (text: string) => new File([text], 'plan.json', { type: 'application/json' });

test('the maps are listed with what they hold', async () => {
  open();
  expect(await screen.findByText('Opera')).toBeVisible();
  expect(screen.getByText('1,200 seats, 50 standing, version 2')).toBeVisible();
});

test('everything that is wrong with a plan is told with its place', async () => {
  const errors = [
    { pointer: '/plan/name', code: 'missing', message: 'Write something here.' },
    { pointer: '/plan/zones/0', code: 'not_an_object', message: 'This must be an object.' },
  ];
  server.use(http.post(MAPS, () => problem(422, 'bad_seating_plan', 'Not as it is.', { errors })));
  const { user } = open();
  await user.upload(await screen.findByLabelText(/^A .json file/), file('{"name": ""}'));
  expect(await screen.findByText('/plan/name')).toBeVisible();
  expect(screen.getByText('/plan/zones/0')).toBeVisible();
});

test('a file that is no JSON never leaves the browser', async () => {
  const { user } = open();
  await user.upload(await screen.findByLabelText(/^A .json file/), file('not a plan'));
  expect(await screen.findByText(/^This file is not JSON/)).toBeVisible();
});

test('a section is made of a few numbers', async () => {
  let body: unknown;
  server.use(
    http.post(`${MAPS}/generate`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({ ...opera, accessible: 0, categories: [], notes: [] });
    }),
  );
  const { user } = open();
  await user.type(await screen.findByLabelText('Name of the map'), 'Barn');
  await user.type(screen.getByLabelText(/^Aisles after/), '10, 20');
  await user.click(screen.getByRole('button', { name: 'Make the map' }));
  expect(await screen.findByText(/has 1,200 seats/)).toBeVisible();
  expect(body).toMatchObject({
    name: 'Barn',
    sections: [{ name: 'Stalls', rows: 20, seats: 30, aisles_after: [10, 20], curvature: 0 }],
  });
});

test('who may only read sees no way to change', async () => {
  open(['events:read']);
  expect(await screen.findByText('Opera')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Make the map' })).toBeNull();
});

test('aisles are read as typed', () => {
  expect(aislesOf('10, 20;x 3')).toEqual([10, 20, 3]);
});
