import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { PurchaseView } from '~/shared/api/generated/boxoffice.schemas';
import { confirmed, heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { PurchaseCheckout } from './PurchaseCheckout';

const PURCHASE = '/api/v1/organizers/paradiso/purchases/pu1';
const euros = (amount: number) => ({ amount, currency: 'EUR' });

function held(changes: Partial<PurchaseView> = {}): PurchaseView {
  const first = heldOrder({ purchase_id: 'pu1' });
  const second = heldOrder({
    id: 'o2',
    event_id: 'e2',
    event_slug: 'day-boat',
    event_title: 'Day Boat',
    token: 'paradiso.o2.1.mac',
    purchase_id: 'pu1',
  });
  return {
    id: 'pu1',
    organizer_slug: 'paradiso',
    status: 'held',
    orders: [first, second],
    total: euros(11400),
    due: euros(11400),
    buyer: null,
    hold_expires_at: first.hold_expires_at,
    server_time: first.server_time,
    extensions_left: 10,
    created_at: first.created_at,
    token: 'paradiso.pu1.1.mac',
    ...changes,
  };
}

function bought(purchase: PurchaseView): PurchaseView {
  return { ...purchase, status: 'confirmed', orders: purchase.orders.map(confirmed) };
}

function serve(purchase: PurchaseView) {
  const sources = [{ source: 'practice_ok', label: 'A card that pays' }];
  server.use(
    http.get('/api/v1/purchase-links/:token', () => HttpResponse.json(purchase)),
    http.get(`${PURCHASE}/payment-methods`, () =>
      HttpResponse.json([{ provider: 'practice', label: 'Practice card', sources }]),
    ),
    http.put(`${PURCHASE}/buyer`, () => HttpResponse.json(purchase)),
  );
}

async function open() {
  const view = renderPage(
    <PurchaseCheckout token="paradiso.pu1.1.mac" bought={() => <h1>All your tickets</h1>} />,
    '/purchases/:token',
    '/purchases/paradiso.pu1.1.mac',
  );
  await screen.findByRole('heading', { name: 'Checkout' });
  return view;
}

async function fill(user: Awaited<ReturnType<typeof open>>['user']) {
  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Full name'), 'Ana Sousa');
  await screen.findByLabelText('A card that pays');
}

describe('the checkout of several events', () => {
  it('shows each event and pays for all of them once', async () => {
    const purchase = held();
    let charges = 0;
    serve(purchase);
    server.use(
      http.post(`${PURCHASE}/payments`, () => {
        charges += 1;
        return HttpResponse.json({
          purchase: bought(purchase),
          payment: { id: 'pay', status: 'succeeded' },
        });
      }),
    );
    const { user } = await open();
    expect(screen.getByRole('region', { name: 'Night Bus' })).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Day Boat' })).toBeInTheDocument();
    await fill(user);
    await user.dblClick(screen.getByRole('button', { name: 'Pay €114.00' }));
    expect(await screen.findByText('All your tickets')).toBeInTheDocument();
    expect(charges).toBe(1);
  });

  it('explains a decline and keeps what was typed', async () => {
    serve(held());
    server.use(
      http.post(`${PURCHASE}/payments`, () =>
        problem(402, 'card_declined', 'Declined.', { decline_code: 'insufficient_funds' }),
      ),
    );
    const { user } = await open();
    await fill(user);
    await user.click(screen.getByRole('button', { name: 'Pay €114.00' }));
    expect(await screen.findByText(/not enough money on this card/)).toBeInTheDocument();
    expect(screen.getByLabelText('Full name')).toHaveValue('Ana Sousa');
  });

  it('takes one of the events out, also when it is not held any more', async () => {
    const purchase = held();
    const [first, second] = purchase.orders;
    const over = { ...heldOrder(second), status: 'expired' as const };
    serve(held({ orders: [heldOrder(first), over] }));
    server.use(
      http.delete(`${PURCHASE}/orders/o2`, () =>
        HttpResponse.json(held({ orders: [heldOrder(first)], due: euros(5700) })),
      ),
    );
    const { user } = await open();
    expect(screen.queryByRole('button', { name: /^Pay/ })).not.toBeInTheDocument();
    const gone = within(screen.getByRole('region', { name: 'Day Boat' }));
    await user.click(gone.getByRole('button', { name: 'Take out: Day Boat' }));
    expect(await screen.findByRole('button', { name: 'Pay €57.00' })).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Day Boat' })).not.toBeInTheDocument();
  });

  it('takes a voucher for one of the events, and the total follows', async () => {
    let due = 11400;
    serve(held());
    server.use(
      http.get('/api/v1/purchase-links/:token', () => HttpResponse.json(held({ due: euros(due) }))),
      http.put('/api/v1/organizers/paradiso/orders/o2/vouchers', () => {
        due = 10400;
        return HttpResponse.json(heldOrder());
      }),
    );
    const { user } = await open();
    const boat = within(screen.getByRole('region', { name: 'Day Boat' }));
    await user.click(boat.getByRole('button', { name: 'I have a voucher' }));
    await user.type(boat.getByLabelText('Voucher code'), 'BOAT{Enter}');
    expect(await screen.findByRole('button', { name: 'Pay €104.00' })).toBeInTheDocument();
  });

  it('pays nothing but what it shows', async () => {
    const purchase = held();
    let charges = 0;
    serve(purchase);
    server.use(
      http.put(`${PURCHASE}/buyer`, () =>
        HttpResponse.json({ ...purchase, total: euros(12000), due: euros(12000) }),
      ),
      http.post(`${PURCHASE}/payments`, () => {
        charges += 1;
        return problem(500, 'broken', 'Broken.');
      }),
    );
    const { user } = await open();
    await fill(user);
    await user.click(screen.getByRole('button', { name: 'Pay €114.00' }));
    expect(await screen.findByText('The total has changed')).toBeInTheDocument();
    expect(screen.getByText(/was €114.00 and is €120.00 now/)).toBeInTheDocument();
    expect(charges).toBe(0);
  });
});
