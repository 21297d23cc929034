import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { confirmed, freeOrder, heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Checkout } from './Checkout';

const ORDERS = '/api/v1/organizers/paradiso/orders';
const TOKEN = 'paradiso.o1.1.mac';
let keys: (string | null)[] = [];

function methods() {
  const sources = [
    { source: 'practice_ok', label: 'A card that pays' },
    { source: 'practice_declined', label: 'A card that is declined' },
  ];
  return HttpResponse.json([{ provider: 'practice', label: 'Practice card', sources }]);
}

function serve(order: OrderView, pay: () => Response | Promise<Response>) {
  server.use(
    http.get('/api/v1/order-links/:token', () => HttpResponse.json(order)),
    http.get(`${ORDERS}/o1/payment-methods`, methods),
    http.put(`${ORDERS}/o1/buyer`, async ({ request }) =>
      HttpResponse.json({ ...order, buyer: await request.json() }),
    ),
    http.post(`${ORDERS}/o1/payments`, ({ request }) => {
      keys.push(request.headers.get('idempotency-key'));
      return pay();
    }),
  );
}

const paid = (order: OrderView) =>
  HttpResponse.json({ order: confirmed(order), payment: { id: 'pay', status: 'succeeded' } });

const start = () =>
  renderPage(<Checkout token={TOKEN} />, '/checkout/:token', `/checkout/${TOKEN}`);

async function open() {
  const view = start();
  await screen.findByRole('heading', { name: 'Checkout' });
  return view;
}

async function fill(user: Awaited<ReturnType<typeof open>>['user']) {
  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Full name'), 'Ana Sousa');
}

beforeEach(() => {
  keys = [];
});

describe('paying', () => {
  it('sends the purchase once, however often the button is pressed', async () => {
    const order = heldOrder();
    serve(order, () => paid(order));
    const { user } = await open();
    await fill(user);
    await screen.findByLabelText('A card that pays');
    await user.dblClick(screen.getByRole('button', { name: 'Pay €57.00' }));
    expect(await screen.findByText(`Went to /orders/${TOKEN}`)).toBeInTheDocument();
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('explains a decline, keeps what was typed, and pays with another card', async () => {
    const order = heldOrder();
    serve(order, () =>
      problem(402, 'card_declined', 'Declined.', { decline_code: 'insufficient_funds' }),
    );
    const { user } = await open();
    await fill(user);
    await user.click(await screen.findByLabelText('A card that is declined'));
    await user.click(screen.getByRole('button', { name: 'Pay €57.00' }));
    expect(await screen.findByText(/not enough money on this card/)).toBeInTheDocument();
    expect(screen.getByLabelText('Full name')).toHaveValue('Ana Sousa');
    serve(order, () => paid(order));
    await user.click(screen.getByLabelText('A card that pays'));
    await user.click(screen.getByRole('button', { name: 'Pay €57.00' }));
    await screen.findByText(`Went to /orders/${TOKEN}`);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('never says "failed" while it cannot know: it asks what became of the order', async () => {
    const order = heldOrder();
    serve(order, () => HttpResponse.error());
    const { user } = await open();
    await fill(user);
    await screen.findByLabelText('A card that pays');
    server.use(http.get('/api/v1/order-links/:token', () => HttpResponse.json(confirmed(order))));
    await user.click(screen.getByRole('button', { name: 'Pay €57.00' }));
    expect(await screen.findByText(/checking whether you were charged/)).toBeInTheDocument();
    expect(
      await screen.findByText(`Went to /orders/${TOKEN}`, {}, { timeout: 4000 }),
    ).toBeInTheDocument();
  });
});

it('offline, sends nothing and keeps everything', async () => {
  const order = heldOrder();
  serve(order, () => paid(order));
  server.use(http.put(`${ORDERS}/o1/buyer`, () => HttpResponse.error()));
  const { user } = await open();
  await fill(user);
  await user.click(await screen.findByRole('button', { name: 'Pay €57.00' }));
  expect(await screen.findByText(/did not answer/)).toBeInTheDocument();
  expect(screen.getByLabelText('E-mail')).toHaveValue('ana@example.org');
  expect(keys).toEqual([]);
});

it('takes two fields and one press for a free ticket', async () => {
  const order = freeOrder();
  serve(order, () => problem(422, 'nothing_to_pay', 'Free.'));
  server.use(http.post(`${ORDERS}/o1/confirm`, () => HttpResponse.json(confirmed(order))));
  const { user } = await open();
  expect(screen.getAllByRole('textbox')).toHaveLength(2);
  await fill(user);
  await user.click(screen.getByRole('button', { name: 'Get free ticket' }));
  expect(await screen.findByText(`Went to /orders/${TOKEN}`)).toBeInTheDocument();
});

it('names what is missing and leads to it', async () => {
  const order = freeOrder();
  serve(order, () => paid(order));
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Get free ticket' }));
  await waitFor(() => {
    expect(screen.getByRole('group', { name: 'A few things are missing' })).toHaveFocus();
  });
  await user.click(screen.getByRole('link', { name: 'Enter your full name.' }));
  expect(screen.getByLabelText('Full name')).toHaveFocus();
});

it('suggests the address that was probably meant', async () => {
  serve(freeOrder(), () => HttpResponse.error());
  const { user } = await open();
  await user.type(screen.getByLabelText('E-mail'), 'ana@gmail.con');
  await user.tab();
  await user.click(await screen.findByRole('button', { name: 'ana@gmail.com' }));
  expect(screen.getByLabelText('E-mail')).toHaveValue('ana@gmail.com');
});

describe('when the hold runs out', () => {
  it('keeps what was typed and gets the same tickets again', async () => {
    const order = heldOrder();
    serve(order, () => problem(409, 'hold_expired', 'Too late.'));
    const renewed = heldOrder({ id: 'o2', token: 'paradiso.o2.1.mac' });
    let wanted: unknown;
    server.use(
      http.post(ORDERS, async ({ request }) => {
        wanted = await request.json();
        return HttpResponse.json(renewed, { status: 201 });
      }),
    );
    const { user, router } = await open();
    await fill(user);
    await screen.findByLabelText('A card that pays');
    await user.click(screen.getByRole('button', { name: 'Pay €57.00' }));
    await user.click(
      await screen.findByRole('button', { name: 'Try to get the same tickets again' }),
    );
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/checkout/paradiso.o2.1.mac');
    });
    expect(wanted).toMatchObject({ items: [{ ticket_type_id: 'floor', quantity: 2 }] });
    expect(screen.getByLabelText('E-mail')).toHaveValue('ana@example.org');
  });

  it('says so when the tickets are gone', async () => {
    serve(heldOrder({ status: 'expired' }), () => HttpResponse.error());
    server.use(http.post(ORDERS, () => problem(409, 'sold_out', 'These are sold out.')));
    const { user } = await open();
    await user.click(
      await screen.findByRole('button', { name: 'Try to get the same tickets again' }),
    );
    expect(await screen.findByText('These are sold out.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'See what is left' })).toHaveAttribute(
      'href',
      '/e/paradiso/night-bus',
    );
  });

  it('offers more time two minutes before', async () => {
    const late = heldOrder({ hold_expires_at: new Date(Date.now() + 110_000).toISOString() });
    serve(late, () => HttpResponse.error());
    server.use(
      http.post(`${ORDERS}/o1/extend`, () => HttpResponse.json(heldOrder({ extensions_left: 9 }))),
    );
    const { user } = start();
    await user.click(await screen.findByRole('button', { name: 'Keep my tickets' }));
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });
  });
});
