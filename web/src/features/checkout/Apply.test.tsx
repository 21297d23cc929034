import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { heldOrder } from '~/testing/orders';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Checkout } from './Checkout';

const ORDER = '/api/v1/organizers/paradiso/orders/o1';
const TOKEN = 'paradiso.o1.1.mac';

it('applies instead of paying where the organizer decides', async () => {
  const order = heldOrder({ needs_approval: true });
  const said: unknown[] = [];
  server.use(
    http.get('/api/v1/order-links/:token', () => HttpResponse.json(order)),
    http.get(`${ORDER}/payment-methods`, () => HttpResponse.json([])),
    http.put(`${ORDER}/buyer`, async ({ request }) =>
      HttpResponse.json({ ...order, buyer: await request.json() }),
    ),
    http.post(`${ORDER}/application`, async ({ request }) => {
      said.push(await request.json());
      return HttpResponse.json({ ...order, status: 'awaiting_approval' });
    }),
  );
  const path = `/checkout/${TOKEN}`;
  const { user } = renderPage(<Checkout token={TOKEN} />, '/checkout/:token', path);
  await user.type(await screen.findByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Full name'), 'Ana Sousa');
  await user.type(screen.getByLabelText(/A few words to the organizer/), 'Let me in');
  await user.click(screen.getByRole('button', { name: 'Send application' }));
  expect(await screen.findByText(`Went to /orders/${TOKEN}`)).toBeInTheDocument();
  expect(said).toEqual([{ message: 'Let me in' }]);
});
