import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { confirmed, heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
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

it('adds an add-on, and asks for the difference, less what a gift card pays, before anything changes', async () => {
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
    http.post(`${ORDER}/changes/c1/gift-cards`, async ({ request }) => {
      asked.push(await request.json());
      const part = { gift_card_id: 'g1', code_end: '9RTB', amount: euros(700) };
      const left = { ...waiting, still_due: euros(1000), gift_cards: [part] };
      changes = [left];
      return HttpResponse.json(left);
    }),
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
  expect(await screen.findByRole('button', { name: 'Pay €17.00' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'I have a gift card' }));
  await user.type(screen.getByLabelText('Gift card code'), '7qzk 9rtb{Enter}');
  const tender = await screen.findByRole('list', { name: 'How it is paid' });
  expect(tender).toHaveTextContent('Gift card …9RTB-€7.00Still to pay€10.00');
  expect(screen.getByText(/Nothing changes until €17.00 is paid/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Pay €10.00' }));
  expect(await screen.findByRole('button', { name: 'Change what you chose' })).toBeVisible();
  const variations = [{ position_id: base, variation_id: 'v2' }];
  const added = [{ position_id: base, ticket_type_id: 'menu' }];
  expect(asked).toEqual([
    { variations, added, removed: [], expected_total: 6700 },
    { code: '7qzk 9rtb' },
    { source: 'practice_ok', expected_total: 1700, expected_due: 1000 },
  ]);
});

it('makes a change that gift cards pay wholly, and says why one could not be made', async () => {
  const card = { gift_card_id: 'g1', code_end: '9RTB', amount: euros(1700) };
  const waiting = {
    id: 'c2',
    status: 'awaiting_payment',
    by: 'staff',
    settled: null,
    due: euros(1700),
    still_due: euros(0),
    gift_cards: [card],
    change: change(1700),
    expires_at: '2027-03-01T12:00:00Z',
    created_at: '2027-03-01T11:45:00Z',
  };
  let changes = [waiting];
  let isEmpty = true;
  server.use(
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/changes`, () => HttpResponse.json(changes)),
    http.get(`${ORDER}/options`, () => HttpResponse.json({ ...options, add_ons_until: null })),
    http.post(`${ORDER}/changes/c2/confirm`, () => {
      if (isEmpty) return problem(409, 'gift_card_empty', 'There is nothing left on it.');
      changes = [{ ...waiting, status: 'done' }];
      return HttpResponse.json(changes[0]);
    }),
  );
  const { user } = renderPage(<Changes order={order} />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Pay €17.00 by gift card' }));
  expect(await screen.findByText('There is nothing left on it.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Take gift card …9RTB off' })).toBeVisible();
  isEmpty = false;
  await user.click(screen.getByRole('button', { name: 'Pay €17.00 by gift card' }));
  await waitFor(() => {
    expect(screen.queryByText(/Nothing changes until/)).not.toBeInTheDocument();
  });
});
