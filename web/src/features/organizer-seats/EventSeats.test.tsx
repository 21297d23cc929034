import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { seatAvailability, smallHall } from '~/testing/seats';
import { server } from '~/testing/server';
import { EventSeats } from './EventSeats';

const ORGANIZER = '/api/v1/organizers/paradiso';
const EVENT = `${ORGANIZER}/events/e1`;
const type = (id: string) => ({
  id,
  name: `${id} ticket`,
  description: '',
  price: { amount: 2850, currency: 'EUR' },
  min_per_order: 1,
  max_per_order: 10,
  sales_start: null,
  sales_end: null,
  on_sale: true,
  position: 1,
  quota_ids: [],
});
const category = (name: string, seats: number) => ({ name, color: null, seats, standing: 0 });
const map = {
  id: 'm1',
  name: 'Small hall',
  version: 1,
  seats: 5,
  standing: 0,
  accessible: 1,
  categories: [category('Stalls', 3), category('Balcony', 2)],
  created_at: '2026-11-22T20:00:00Z',
  notes: [],
};
const seating = {
  occurrence_id: 'oc1',
  seat_map_id: 'm1',
  name: 'Small hall',
  version: 1,
  version_id: 'v1',
  seat_prefix: '0123456789abcdef01234567',
  categories: [
    { ...category('Stalls', 3), ticket_type_id: 'Floor' },
    { ...category('Balcony', 2), ticket_type_id: 'High' },
  ],
};
const block = {
  id: 'b1',
  occurrence_id: 'oc1',
  reason: 'Press',
  expires_at: null,
  created_at: '2026-11-22T20:00:00Z',
  quota_id: 'q1',
  units: 1,
  seats: [{ id: 's', section: 'Hall', row: '1', number: '2', label: 'Hall, row 1, seat 2' }],
  types: [{ ticket_type_id: 'Floor', variation_id: null, units: 1 }],
};

function open(seatings: unknown[], blocks: unknown[] = []) {
  const event = managedEvent({ ticket_types: [type('Floor'), type('High')] });
  server.use(
    http.get(EVENT, () => HttpResponse.json(event)),
    http.get(`${EVENT}/seating`, () => HttpResponse.json(seatings)),
    http.get(`${EVENT}/seats`, () => HttpResponse.json(seatAvailability())),
    http.get(`${EVENT}/blocks`, () => HttpResponse.json(blocks)),
    http.get(`${ORGANIZER}/seat-maps`, () =>
      HttpResponse.json({ items: [map], has_more: false, next_cursor: null }),
    ),
    http.get(`${ORGANIZER}/seat-maps/m1`, () => HttpResponse.json(map)),
    http.get(`${ORGANIZER}/seat-maps/m1/drawing`, () => HttpResponse.json(smallHall())),
  );
  return renderInArea(<EventSeats eventId="e1" />, '/organizer/paradiso/events/e1/seats');
}

test('a map is attached with a ticket type for each category', async () => {
  let body: unknown;
  server.use(
    http.put(`${EVENT}/seating`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(managedEvent());
    }),
  );
  const { user } = open([]);
  await screen.findByRole('option', { name: 'Small hall, 5 seats' });
  await user.selectOptions(screen.getByLabelText('Seat map'), 'm1');
  await user.selectOptions(await screen.findByLabelText('“Stalls” is sold as'), 'Floor');
  await user.selectOptions(screen.getByLabelText('“Balcony” is sold as'), 'High');
  await user.click(screen.getByRole('button', { name: 'Use this map' }));
  await expect
    .poll(() => body)
    .toEqual({
      seat_map_id: 'm1',
      occurrence_id: 'oc1',
      categories: { Stalls: 'Floor', Balcony: 'High' },
    });
});

test('seats are blocked with a reason', async () => {
  let body: unknown;
  server.use(
    http.post(`${EVENT}/blocks`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(block, { status: 201 });
    }),
  );
  const { user } = open([seating]);
  await user.click(await screen.findByText(/^Hall: 3 free/));
  await user.click(screen.getByRole('button', { name: 'Hall, row 1, seat 1: free' }));
  await user.click(screen.getByRole('button', { name: 'Block' }));
  expect(await screen.findByRole('link', { name: /^Say why/ })).toBeVisible();
  await user.type(screen.getByLabelText('Reason'), 'House');
  await user.click(screen.getByRole('button', { name: 'Block' }));
  await expect
    .poll(() => body)
    .toEqual({
      reason: 'House',
      seats: ['01234567-89ab-cdef-0123-456700000000'],
      occurrence_id: 'oc1',
      expires_at: null,
    });
});

test('a block is listed with its seats and released', async () => {
  let released = false;
  server.use(
    http.delete(`${EVENT}/blocks/b1`, () => {
      released = true;
      return HttpResponse.json(block);
    }),
  );
  const { user } = open([seating], [block]);
  const listed = await screen.findByRole('region', { name: 'Blocked' });
  expect(await within(listed).findByText('Hall, row 1, seat 2')).toBeVisible();
  await user.click(within(listed).getByRole('button', { name: 'Release Press' }));
  await expect.poll(() => released).toBe(true);
});

test('a refusal says what stands in the way', async () => {
  const sentence = 'Tickets of these types are sold without seats; use new ticket types.';
  server.use(http.put(`${EVENT}/seating`, () => problem(409, 'sold_without_seats', sentence)));
  const { user } = open([]);
  await screen.findByRole('option', { name: 'Small hall, 5 seats' });
  await user.selectOptions(screen.getByLabelText('Seat map'), 'm1');
  await user.click(screen.getByRole('button', { name: 'Use this map' }));
  expect(await screen.findByText(sentence)).toBeVisible();
});

test('what is blocked of a date without numbered seats is listed, and can be released', async () => {
  const types = [{ ticket_type_id: 'Floor', variation_id: null, units: 2 }];
  const { user } = open([], [{ ...block, reason: 'Camera', units: 2, seats: [], types }]);
  expect(await screen.findByText('2 × Floor ticket')).toBeVisible();
  let released = false;
  server.use(
    http.delete(`${EVENT}/blocks/b1`, () => {
      released = true;
      return HttpResponse.json(block);
    }),
  );
  await user.click(screen.getByRole('button', { name: 'Release Camera' }));
  await expect.poll(() => released).toBe(true);
});
