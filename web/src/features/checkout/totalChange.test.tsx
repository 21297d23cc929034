import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { confirmed, heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Checkout } from './Checkout';

const ORDERS = '/api/v1/organizers/paradiso/orders';
const TOKEN = 'paradiso.o1.1.mac';
const WAY = {
  provider: 'practice',
  label: 'Practice card',
  sources: [{ source: 'practice_ok', label: 'A card that pays' }],
};
const path = `/checkout/${TOKEN}`;

it('pays what it shows or nothing, and shows a total that has changed meanwhile', async () => {
  const order = heldOrder();
  const cheaper = heldOrder({ total: { amount: 5000, currency: 'EUR' } });
  const sent: unknown[] = [];
  let now = order;
  server.use(
    http.get(`${ORDERS}/o1/payment-methods`, () => HttpResponse.json([WAY])),
    http.get('/api/v1/order-links/:token', () => HttpResponse.json(now)),
    http.put(`${ORDERS}/o1/buyer`, () => HttpResponse.json(now)),
    http.post(`${ORDERS}/o1/payments`, async ({ request }) => {
      sent.push(await request.json());
      if (sent.length > 1) return HttpResponse.json({ order: confirmed(now), payment: {} });
      now = heldOrder({ total: { amount: 4000, currency: 'EUR' } });
      const facts = { old_total: 5000, old_due: 5000, new_total: 4000, new_due: 4000 };
      return problem(409, 'total_changed', 'Changed.', { ...facts, currency: 'EUR' });
    }),
  );
  const { user } = renderPage(<Checkout token={TOKEN} />, '/checkout/:token', path);
  await user.type(await screen.findByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Full name'), 'Ana Sousa');
  await screen.findByLabelText('A card that pays');
  now = cheaper;
  await user.click(screen.getByRole('button', { name: 'Pay €57.00' }));
  expect(await screen.findByText(/was €57.00 and is €50.00 now/)).toBeInTheDocument();
  expect(sent).toEqual([]);
  await user.click(await screen.findByRole('button', { name: 'Pay €50.00' }));
  expect(await screen.findByText(/was €50.00 and is €40.00 now/)).toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: 'Pay €40.00' }));
  expect(await screen.findByText(`Went to /orders/${TOKEN}`)).toBeInTheDocument();
  expect(sent).toEqual(
    [5000, 4000].map((amount) => ({
      source: 'practice_ok',
      expected_total: amount,
      expected_due: amount,
    })),
  );
});
