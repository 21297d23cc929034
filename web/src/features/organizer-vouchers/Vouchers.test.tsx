import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { VoucherView } from '~/shared/api/generated/boxoffice.schemas';
import { managedEvent, quota, renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { seatAvailability, smallHall } from '~/testing/seats';
import { server } from '~/testing/server';
import { Vouchers } from './Vouchers';

const EVENT = '/api/v1/organizers/paradiso/events/e1';
const floor = {
  id: 'floor',
  name: 'Floor',
  description: '',
  price: { amount: 2850, currency: 'EUR' },
  min_per_order: 1,
  max_per_order: 10,
  sales_start: null,
  sales_end: null,
  on_sale: true,
  position: 1,
  quota_ids: ['q1'],
};
const crew: VoucherView = {
  id: 'v1',
  code: 'CREW-2027',
  note: 'for the band',
  effect: 'percent',
  value: 20_000,
  budget: 10_000,
  spent: 4500,
  max_uses: 10,
  used: 3,
  max_per_order: null,
  valid_from: null,
  valid_until: null,
  ticket_type_ids: ['floor'],
  on_stock: 'reserve',
  set_aside: 7,
  seats: [],
  created_at: '2026-11-22T20:00:00Z',
};

function show(vouchers: VoucherView[], permissions?: string[]) {
  server.use(
    http.get(EVENT, () => HttpResponse.json(managedEvent({ ticket_types: [floor] }))),
    http.get(`${EVENT}/vouchers`, () =>
      HttpResponse.json({ items: vouchers, has_more: false, next_cursor: null }),
    ),
  );
  const path = '/organizer/paradiso/events/e1/vouchers';
  return renderInArea(<Vouchers eventId="e1" />, path, permissions);
}

test('a voucher tells what it does and how far it is used', async () => {
  show([crew]);
  expect(
    await screen.findByText('20 % off · for Floor · sets tickets aside · for the band'),
  ).toBeVisible();
  expect(screen.getByText('3 of 10 used, €45.00 of €100.00 given, 7 set aside')).toBeVisible();
});

test('one voucher gets the code that was typed, in exact units', async () => {
  let body: unknown;
  const { user } = show([]);
  server.use(
    http.post(`${EVENT}/vouchers`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(crew, { status: 201 });
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'New vouchers' }));
  const form = screen.getByRole('form', { name: 'New vouchers' });
  await user.selectOptions(within(form).getByLabelText('What it does'), 'sets the price');
  await user.type(within(form).getByLabelText('In €'), '12.50');
  await user.type(within(form).getByLabelText(/^Code/), 'crew-2027');
  await user.selectOptions(within(form).getByLabelText('Tickets'), 'are set aside for it');
  await user.click(within(form).getByRole('button', { name: 'Make vouchers' }));
  expect(await within(form).findAllByText('Say which ticket type is set aside.')).not.toHaveLength(
    0,
  );
  await user.selectOptions(within(form).getByLabelText('For'), 'Floor');
  await user.click(within(form).getByRole('button', { name: 'Make vouchers' }));
  await waitFor(() => {
    expect(screen.queryByRole('form', { name: 'New vouchers' })).not.toBeInTheDocument();
  });
  expect(body).toMatchObject({
    code: 'crew-2027',
    effect: 'price',
    value: 1250,
    max_uses: 1,
    on_stock: 'reserve',
    ticket_type_ids: ['floor'],
    budget: null,
  });
});

test('a voucher for certain seats sets these very seats aside', async () => {
  const seatedQuota = quota({ seated: true });
  const seating = {
    occurrence_id: 'oc1',
    seat_map_id: 'm1',
    name: 'Small hall',
    version: 1,
    version_id: 'mv1',
    seat_prefix: '0123456789abcdef01234567',
    categories: [
      { name: 'Stalls', ticket_type_id: 'floor', seats: 3 },
      { name: 'Balcony', ticket_type_id: 'balcony', seats: 2 },
    ],
  };
  const map = '/api/v1/organizers/paradiso/seat-maps/m1/drawing';
  const { user } = show([]);
  const asked: unknown[] = [];
  server.use(
    http.get(EVENT, () =>
      HttpResponse.json(managedEvent({ ticket_types: [floor], quotas: [seatedQuota] })),
    ),
    http.get(`${EVENT}/seating`, () => HttpResponse.json([seating])),
    http.get(`${EVENT}/seats`, () => HttpResponse.json(seatAvailability())),
    http.get(map, () => HttpResponse.json(smallHall())),
    http.post(`${EVENT}/vouchers`, async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(crew, { status: 201 });
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'New vouchers' }));
  const form = within(screen.getByRole('form', { name: 'New vouchers' }));
  await user.selectOptions(form.getByLabelText('What it does'), 'nothing to the price');
  await user.selectOptions(form.getByLabelText('Tickets'), 'are set aside for it');
  await user.click(form.getByRole('button', { name: 'Only for certain seats' }));
  await user.click(await form.findByText(/^Hall: 3 free/));
  await user.click(form.getByRole('button', { name: 'Hall, row 1, seat 1: free' }));
  await user.click(form.getByRole('button', { name: 'Hall, row 2, seat 7: free' }));
  await user.click(form.getByRole('button', { name: 'Make vouchers' }));
  expect(await form.findByRole('alert')).toHaveTextContent('make a voucher for each');
  await user.click(form.getByRole('button', { name: 'Hall, row 2, seat 7: chosen' }));
  expect(form.getByText('Only for 1 chosen seat.')).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Make vouchers' }));
  await waitFor(() => {
    expect(asked).toMatchObject([
      {
        on_stock: 'reserve',
        max_uses: 1,
        seats: ['01234567-89ab-cdef-0123-456700000000'],
        occurrence_id: 'oc1',
      },
    ]);
  });
});

test('many vouchers are made at once, and a refusal keeps what was typed', async () => {
  const asked: unknown[] = [];
  const { user } = show([]);
  server.use(
    http.post(`${EVENT}/vouchers/bulk`, async ({ request }) => {
      asked.push(await request.json());
      return problem(409, 'not_enough_to_reserve', 'There are not enough tickets left.');
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'New vouchers' }));
  const form = screen.getByRole('form', { name: 'New vouchers' });
  await user.type(within(form).getByLabelText('In %'), '20');
  await user.clear(within(form).getByLabelText('How many vouchers'));
  await user.type(within(form).getByLabelText('How many vouchers'), '200');
  await user.type(within(form).getByLabelText(/^Their codes begin with/), 'press');
  await user.click(within(form).getByRole('button', { name: 'Make vouchers' }));
  expect(await screen.findByText('There are not enough tickets left.')).toBeVisible();
  expect(asked).toMatchObject([{ count: 200, prefix: 'press', value: 20_000 }]);
  expect(within(form).getByLabelText('In %')).toHaveValue('20');
});

test('deleting asks first', async () => {
  const { user } = show([crew]);
  let isDeleted = false;
  server.use(
    http.delete(`${EVENT}/vouchers/v1`, () => {
      isDeleted = true;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'Delete CREW-2027' }));
  const dialog = await screen.findByRole('dialog');
  expect(isDeleted).toBe(false);
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
  await waitFor(() => {
    expect(isDeleted).toBe(true);
  });
});

test('who may not change the event sees no codes', async () => {
  show([crew], ['events:read']);
  expect(await screen.findByText(/Paradiso/)).toBeVisible();
  expect(screen.queryByText('CREW-2027')).not.toBeInTheDocument();
});
