import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Checkout } from './Checkout';

const ORDERS = '/api/v1/organizers/paradiso/orders';
const TOKEN = 'paradiso.o1.1.mac';

async function open(order: OrderView) {
  server.use(
    http.get('/api/v1/order-links/:token', () => HttpResponse.json(order)),
    http.get(`${ORDERS}/o1/payment-methods`, () => HttpResponse.json([])),
  );
  const view = renderPage(<Checkout token={TOKEN} />, '/checkout/:token', `/checkout/${TOKEN}`);
  await screen.findByRole('heading', { name: 'Checkout' });
  return view;
}

describe('what it costs', () => {
  const half = heldOrder({
    total: { amount: 4025, currency: 'EUR' },
    tax: { amount: 455, currency: 'EUR' },
    fees: [
      {
        name: 'Service fee',
        kind: 'service',
        price: { amount: 750, currency: 'EUR' },
        tax: { amount: 0, currency: 'EUR' },
      },
    ],
    taxes: [
      {
        name: 'VAT',
        rate: 19_000,
        inclusive: true,
        net: { amount: 2395, currency: 'EUR' },
        tax: { amount: 455, currency: 'EUR' },
        gross: { amount: 2850, currency: 'EUR' },
      },
    ],
    reductions: [{ kind: 'voucher', name: 'HALF', amount: { amount: 2425, currency: 'EUR' } }],
  });

  it('takes a voucher, shows what it takes off, the fees and the taxes, and takes it off again', async () => {
    const order = heldOrder();
    const asked: unknown[] = [];
    server.use(
      http.put(`${ORDERS}/o1/vouchers`, async ({ request }) => {
        const body = (await request.json()) as { codes: string[] };
        asked.push(body.codes);
        return HttpResponse.json(body.codes.length === 0 ? order : half);
      }),
    );
    const { user } = await open(order);
    await user.click(screen.getByRole('button', { name: 'I have a voucher' }));
    await user.type(screen.getByLabelText('Voucher code'), ' half {Enter}');
    const costs = await screen.findByRole('list', { name: 'Discounts, fees and taxes' });
    expect(costs).toHaveTextContent('Voucher HALF-€24.25');
    expect(costs).toHaveTextContent('Service fee€7.50');
    expect(screen.getByText('Includes €4.55 VAT (19 %) of €28.50.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Take voucher HALF off' }));
    await waitFor(() => {
      expect(screen.queryByText(/Service fee/)).not.toBeInTheDocument();
    });
    expect(asked).toEqual([['half'], []]);
  });

  it('takes a gift card, shows what is still to pay, and confirms what it covers wholly', async () => {
    const card = (amount: number) => ({
      gift_card_id: 'g1',
      code_end: '9RTB',
      amount: { amount, currency: 'EUR' },
    });
    const part = heldOrder({ gift_cards: [card(2000)], due: { amount: 3700, currency: 'EUR' } });
    const whole = heldOrder({ gift_cards: [card(5700)], due: { amount: 0, currency: 'EUR' } });
    const asked: unknown[] = [];
    server.use(
      http.post(`${ORDERS}/o1/gift-cards`, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(part);
      }),
      http.delete(`${ORDERS}/o1/gift-cards/g1`, () => HttpResponse.json(whole)),
    );
    const { user } = await open(heldOrder());
    await user.click(screen.getByRole('button', { name: 'I have a gift card' }));
    await user.type(screen.getByLabelText('Gift card code'), '7qzk 9rtb{Enter}');
    const tender = await screen.findByRole('list', { name: 'How it is paid' });
    expect(tender).toHaveTextContent('Gift card …9RTB-€20.00Still to pay€37.00');
    expect(screen.getByRole('button', { name: 'Pay €37.00' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Take gift card …9RTB off' }));
    expect(await screen.findByRole('button', { name: 'Pay €57.00 by gift card' })).toBeEnabled();
    expect(screen.queryByRole('heading', { name: 'Pay' })).not.toBeInTheDocument();
    expect(asked).toEqual([{ code: '7qzk 9rtb' }]);
  });

  it('says why a voucher is refused', async () => {
    server.use(
      http.put(`${ORDERS}/o1/vouchers`, () =>
        problem(422, 'unknown_voucher', 'There is no voucher with this code.'),
      ),
    );
    const { user } = await open(heldOrder());
    await user.click(screen.getByRole('button', { name: 'I have a voucher' }));
    await user.type(screen.getByLabelText('Voucher code'), 'nope{Enter}');
    expect(await screen.findByText('There is no voucher with this code.')).toBeInTheDocument();
    expect(screen.getByLabelText('Voucher code')).toHaveValue('nope');
  });

  it('shows a changed price as old and new, and goes on only with consent', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(ORDERS, async ({ request }) => {
        const body = (await request.json()) as { expected_total: number };
        asked.push(body.expected_total);
        if (body.expected_total === 6000) {
          return HttpResponse.json(heldOrder({ id: 'o2', token: 'paradiso.o2.1.mac' }));
        }
        return problem(409, 'price_changed', 'The price has changed.', {
          old_total: 5700,
          new_total: 6000,
          lines: [{ ticket_type_id: 'floor', ticket_type_name: 'Floor', old: 5700, new: 6000 }],
        });
      }),
    );
    const { user, router } = await open(heldOrder({ status: 'expired' }));
    await user.click(
      await screen.findByRole('button', { name: 'Try to get the same tickets again' }),
    );
    expect(await screen.findByRole('row', { name: 'Floor €57.00 €60.00' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Accept €60.00' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/checkout/paradiso.o2.1.mac');
    });
    expect(asked).toEqual([5700, 6000]);
  });

  it('goes on without a voucher that no longer counts', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(ORDERS, async ({ request }) => {
        const body = (await request.json()) as { voucher_codes: string[] };
        asked.push(body.voucher_codes);
        return body.voucher_codes.length > 0
          ? problem(409, 'voucher_used_up', 'It has been used.')
          : HttpResponse.json(heldOrder({ id: 'o2', token: 'paradiso.o2.1.mac' }));
      }),
    );
    const { user } = await open({ ...half, status: 'expired' });
    await user.click(
      await screen.findByRole('button', { name: 'Try to get the same tickets again' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Go on without the voucher' }));
    await waitFor(() => {
      expect(asked).toEqual([['HALF'], []]);
    });
  });

  it('asks again with the access code that the order was opened with', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(ORDERS, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(heldOrder({ id: 'o2', token: 'paradiso.o2.1.mac' }));
      }),
    );
    const { user } = await open(heldOrder({ status: 'expired', access_code: 'friends' }));
    await user.click(
      await screen.findByRole('button', { name: 'Try to get the same tickets again' }),
    );
    await waitFor(() => {
      expect(asked).toEqual([expect.objectContaining({ access_code: 'friends' })]);
    });
  });
});
