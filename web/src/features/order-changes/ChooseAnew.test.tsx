import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { confirmed, heldOrder } from '~/testing/orders';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Changes } from './Changes';

const ORDER = '/api/v1/organizers/paradiso/orders/o1';
const order = confirmed(heldOrder());
const euros = (amount: number) => ({ amount, currency: 'EUR' });
const options = {
  cancel_until: null,
  cancel_too_late: false,
  give_on_until: null,
  names_until: null,
  return_until: null,
  variations_until: null,
  add_ons_until: '2027-03-13T19:00:00Z',
  tickets: [],
};

const change = (more: number) => ({
  old_total: euros(5000),
  new_total: euros(5000 + more),
  more: euros(more),
  refund: euros(0),
  tickets: [],
  added: [{ name: 'Menu', starts_at: '2027-03-13T19:00:00Z', seat: null, price: euros(1200) }],
  removed: [],
});

it('adds an add-on, and asks for the difference before anything changes', async () => {
  const base = order.positions[0]?.id ?? '';
  const asked: unknown[] = [];
  let changes: unknown[] = [];
  const choices = {
    position_id: base,
    name: 'Standing',
    price: euros(2500),
    variations: [{ variation_id: 'v2', name: 'Large', price: euros(3000) }],
    add_ons: [
      {
        name: 'Menus',
        minimum: 0,
        maximum: 1,
        included: 0,
        chosen: [],
        choices: [{ ticket_type_id: 'menu', variation_id: null, name: 'Menu', price: euros(1200) }],
      },
    ],
  };
  const waiting = {
    id: 'c1',
    status: 'awaiting_payment',
    by: 'buyer',
    settled: null,
    due: euros(1700),
    still_due: euros(1700),
    gift_cards: [],
    change: change(1700),
    expires_at: '2027-03-01T12:00:00Z',
    created_at: '2027-03-01T11:45:00Z',
  };
  server.use(
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/changes`, () => HttpResponse.json(changes)),
    http.get(`${ORDER}/options`, () => HttpResponse.json(options)),
    http.get(`${ORDER}/change-choices`, () => HttpResponse.json([choices])),
    http.post(`${ORDER}/own-changes/preview`, () => HttpResponse.json(change(1700))),
    http.post(`${ORDER}/own-changes`, async ({ request }) => {
      asked.push(await request.json());
      changes = [waiting];
      return HttpResponse.json({ order, change: change(1700), awaiting: waiting });
    }),
    http.get(`${ORDER}/payment-methods`, () =>
      HttpResponse.json([
        { id: 'card', label: 'Card', sources: [{ source: 'practice_ok', label: 'Works' }] },
      ]),
    ),
    http.post(`${ORDER}/changes/c1/payments`, async ({ request }) => {
      asked.push(await request.json());
      const done = { ...waiting, status: 'done' };
      changes = [done];
      return HttpResponse.json({ order, change: done, payment: { id: 'p', status: 'succeeded' } });
    }),
  );
  const { user } = renderPage(<Changes order={order} />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Change what you chose' }));
  await user.selectOptions(await screen.findByLabelText('Variation'), 'Large, €30.00');
  await user.click(screen.getByRole('button', { name: 'Add: Menu' }));
  expect(screen.queryByRole('button', { name: 'Add: Menu' })).not.toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: 'Go on to pay €17.00' }));
  expect(await screen.findByText(/Nothing changes until €17.00 is paid/)).toBeVisible();
  expect(screen.queryByText('Choose something else')).not.toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: 'Pay €17.00' }));
  expect(await screen.findByRole('button', { name: 'Change what you chose' })).toBeVisible();
  const variations = [{ position_id: base, variation_id: 'v2' }];
  const added = [{ position_id: base, ticket_type_id: 'menu' }];
  expect(asked).toEqual([
    { variations, added, removed: [], expected_total: 6700 },
    { source: 'practice_ok' },
  ]);
});
