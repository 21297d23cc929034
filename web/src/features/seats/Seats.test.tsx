import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { eventPage, offerView } from '~/testing/events';
import { heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { seatAvailability, smallHall } from '~/testing/seats';
import { server } from '~/testing/server';
import { Seats } from './Seats';

const EVENT = '/api/v1/events/paradiso/night-bus';
const ORDERS = '/api/v1/organizers/paradiso/orders';
const seated = eventPage({
  offers: [
    offerView('Floor', 2850, { seated: true }),
    offerView('Balcony', 3900, { seated: true }),
  ],
});

function open(event = seated, search = '') {
  server.use(
    http.get(EVENT, () => HttpResponse.json(event)),
    http.get(`${EVENT}/seats`, () => HttpResponse.json(seatAvailability())),
    http.get(`${EVENT}/seat-maps/v1`, () => HttpResponse.json(smallHall())),
  );
  return renderPage(
    <Seats organizer="paradiso" slug="night-bus" />,
    '/e/:o/:e/seats',
    `/e/paradiso/night-bus/seats${search}`,
  );
}

let body: unknown;

beforeEach(() => {
  server.use(
    http.post(ORDERS, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(heldOrder(), { status: 201 });
    }),
  );
});

test('seats are chosen in the list and held by their ids', async () => {
  const { user } = open();
  await user.click(await screen.findByText(/^Hall: 3 free/));
  const taken = screen.getByRole('button', { name: 'Hall, row 1, seat 2: €28.50, taken' });
  expect(taken).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Hall, row 1, seat 1: €28.50, free' }));
  await user.click(screen.getByRole('button', { name: /^Hall, row 2, seat 8: .*wheelchair/ }));
  expect(screen.getByText('€67.50')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Take these seats' }));
  expect(await screen.findByText(/^Went to \/checkout/)).toBeVisible();
  expect(body).toMatchObject({
    occurrence_id: 'oc1',
    items: [
      {
        ticket_type_id: 'Floor',
        quantity: 1,
        seats: ['01234567-89ab-cdef-0123-456700000000'],
      },
      { ticket_type_id: 'Balcony', seats: ['01234567-89ab-cdef-0123-45670000000b'] },
    ],
  });
});

test('the seats that a voucher has set aside are free to who brings it', async () => {
  server.use(
    http.get(`${EVENT}/voucher-seats`, ({ request }) => {
      const code = new URL(request.url).searchParams.get('code');
      const ids = code === 'CREW' ? ['01234567-89ab-cdef-0123-456700000001'] : [];
      return HttpResponse.json({ seat_ids: ids });
    }),
    http.post(`${ORDERS}/quote`, () => problem(503, 'busy', 'Later.')),
  );
  const { user } = open(seated, '?voucher=CREW');
  await user.click(await screen.findByText(/^Hall: 4 free/));
  const lent = screen.getByRole('button', { name: 'Hall, row 1, seat 2: €28.50, free' });
  await user.click(lent);
  expect(screen.getByRole('button', { name: 'Leave out Hall, row 1, seat 2' })).toBeVisible();
});

test('seats for one date are put aside while those of another are chosen', async () => {
  const [first] = seated.occurrences;
  const later = { ...first!, id: 'oc2', starts_at: '2027-03-20T19:00:00Z' };
  const { user } = open({ ...seated, occurrences: [first!, later] });
  await user.click(await screen.findByText(/^Hall: 3 free/));
  await user.click(screen.getByRole('button', { name: 'Hall, row 1, seat 1: €28.50, free' }));
  await user.click(screen.getByRole('button', { name: 'Add another date' }));
  expect(await screen.findByText('Went to /e/paradiso/night-bus')).toBeVisible();
  expect(window.sessionStorage.getItem('boxoffice.dates.e1')).toContain('456700000000');
  window.sessionStorage.clear();
});

test('the map is walked with arrow keys and says what it shows', async () => {
  const { user } = open();
  const map = await screen.findByRole('application', { name: 'Seat map: Small hall' });
  map.focus();
  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(screen.getByText('Hall, row 1, seat 2: €28.50, taken')).toBeVisible();
  await user.keyboard('{ArrowLeft}{Enter}');
  const chosen = screen.getByRole('region', { name: 'Your seats' });
  expect(within(chosen).getByText('Hall, row 1, seat 1')).toBeVisible();
});

test('the best available is asked for by the number of people', async () => {
  const { user } = open();
  await user.selectOptions(await screen.findByLabelText('Ticket'), 'Balcony');
  await user.click(screen.getByLabelText('We may sit apart'));
  await user.click(screen.getByRole('button', { name: 'Find seats' }));
  expect(await screen.findByText(/^Went to \/checkout/)).toBeVisible();
  expect(body).toMatchObject({
    items: [
      {
        ticket_type_id: 'Balcony',
        quantity: 2,
        best_available: { accessible: 0, may_split: true },
      },
    ],
  });
});

test('a refusal says what to do', async () => {
  const { user } = open();
  const sentence = 'There are not so many seats side by side; choose fewer.';
  server.use(http.post(ORDERS, () => problem(409, 'no_adjacent_seats', sentence)));
  await user.click(await screen.findByRole('button', { name: 'Find seats' }));
  expect(await screen.findByText(sentence)).toBeVisible();
});
