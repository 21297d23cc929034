import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { heldOrder } from '~/testing/orders';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Checkout } from './Checkout';

const ORDER = '/api/v1/organizers/paradiso/orders/o1';
const TOKEN = 'paradiso.o1.1.mac';
const SHOWN = { expected_total: 5700, expected_due: 5700 };

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
  expect(said).toEqual([{ message: 'Let me in', ...SHOWN }]);
});

it('gives a card with the application where the organizer wants one', async () => {
  const order = heldOrder({ needs_approval: true });
  const said: unknown[] = [];
  const way = { provider: 'practice', label: 'Card', holds: true };
  server.use(
    http.get('/api/v1/order-links/:token', () => HttpResponse.json(order)),
    http.get(`${ORDER}/payment-methods`, () =>
      HttpResponse.json([{ ...way, sources: [{ source: 's', label: 'S' }] }]),
    ),
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
  expect(await screen.findByText(/not charged until the organizer approves/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Send application' }));
  expect(await screen.findByText(`Went to /orders/${TOKEN}`)).toBeInTheDocument();
  expect(said).toEqual([{ message: '', source: 's', ...SHOWN }]);
});

it('shows what was sent as it stands once the organizer has accepted it', async () => {
  const buyer = { email: 'ana@example.org', name: 'Ana Sousa' };
  const order = heldOrder({ needs_approval: true, status: 'awaiting_payment', buyer, asks: true });
  const question = { kind: 'short_text' as const, required: false };
  const why = { ...question, id: 'why', label: 'Why you?' };
  const diet = { ...question, id: 'diet', label: 'Diet' };
  const answer = { question_id: 'why', ticket: null, label: 'Why you?', kind: 'short_text' };
  const sheet = {
    questions: [why, diet],
    order_question_ids: ['why', 'diet'],
    tickets: [],
    answers: [{ ...answer, value: 'I paint', shown: 'I paint', at_check_in: false, file: null }],
    missing: [],
    editable: false,
    editable_until: '2027-03-13T19:00:00Z',
  };
  const told: unknown[] = [];
  server.use(
    http.get('/api/v1/order-links/:token', () => HttpResponse.json(order)),
    http.get(`${ORDER}/payment-methods`, () =>
      HttpResponse.json([{ provider: 'p', label: 'Card', sources: [{ source: 's', label: 'S' }] }]),
    ),
    http.get(`${ORDER}/answers`, () => HttpResponse.json(sheet)),
    http.put(`${ORDER}/buyer`, async ({ request }) => {
      told.push(await request.json());
      return HttpResponse.json(order);
    }),
    http.put(`${ORDER}/answers`, async ({ request }) => {
      told.push(await request.json());
      return HttpResponse.json(sheet);
    }),
    http.post(`${ORDER}/payments`, () =>
      HttpResponse.json({ order, payment: { id: 'pay', status: 'succeeded' } }),
    ),
  );
  const path = `/checkout/${TOKEN}`;
  const { user } = renderPage(<Checkout token={TOKEN} />, '/checkout/:token', path);
  expect(await screen.findByText('ana@example.org')).toBeVisible();
  expect(await screen.findByText('I paint')).toBeVisible();
  expect(screen.getAllByRole('textbox')).toHaveLength(1);
  await user.type(screen.getByLabelText(/^Diet/), 'None');
  await user.click(await screen.findByRole('button', { name: 'Pay €57.00' }));
  expect(await screen.findByText(`Went to /orders/${TOKEN}`)).toBeInTheDocument();
  expect(told).toEqual([
    buyer,
    {
      answers: [
        { question_id: 'why', ticket: null, value: 'I paint' },
        { question_id: 'diet', ticket: null, value: 'None' },
      ],
    },
  ]);
});
