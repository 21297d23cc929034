import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { ApplicationView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { heldOrder } from '~/testing/orders';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { OrderPage } from './OrderPage';

const TOKEN = 'paradiso.o1.1.mac';
const ORDER = '/api/v1/organizers/paradiso/orders/o1';
const sent: ApplicationView = {
  order_id: 'o1',
  state: 'waiting',
  message: 'Let me in',
  sent_at: '2027-01-02T10:00:00Z',
  due_at: '2027-03-13T22:30:00Z',
  answer: '',
  decided_at: null,
};

function open(order: Partial<OrderView>, application: Partial<ApplicationView>) {
  server.use(
    http.get('/api/v1/order-links/:token', () =>
      HttpResponse.json(heldOrder({ needs_approval: true, ...order })),
    ),
    http.get(`${ORDER}/application`, () => HttpResponse.json({ ...sent, ...application })),
  );
  return renderPage(
    <OrderPage token={TOKEN} help={() => <p>Help</p>} changes={() => null} />,
    '/orders/:token',
    `/orders/${TOKEN}`,
  );
}

it.each<[Partial<OrderView>, Partial<ApplicationView>, string]>([
  [{ status: 'awaiting_approval' }, {}, 'The organizer has your application'],
  [{ status: 'awaiting_payment' }, { state: 'approved' }, 'You are in'],
  [{ status: 'expired' }, { state: 'approved' }, 'The time to pay is over'],
  [{ status: 'cancelled' }, { state: 'approved' }, 'This order is cancelled'],
  [{ status: 'rejected' }, { state: 'denied' }, 'What you applied for will not take place'],
  [
    { status: 'rejected' },
    { state: 'denied', decided_at: '2027-01-03T10:00:00Z' },
    'Your application was not accepted',
  ],
  [{ status: 'cancelled' }, { state: 'withdrawn' }, 'Your application is withdrawn'],
  [{ status: 'expired' }, { state: 'lapsed' }, 'Your application was not decided in time'],
])('of %o and %o says "%s"', async (order, application, title) => {
  open(order, application);
  expect(await screen.findByRole('heading', { level: 1, name: title })).toBeInTheDocument();
});

const card_hold = {
  amount: { amount: 5700, currency: 'EUR' },
  until: '2027-01-09T10:00:00Z',
};

it.each<[Partial<OrderView>, Partial<ApplicationView>, RegExp]>([
  [{ status: 'awaiting_approval', payment_status: 'authorised' }, {}, /Your card holds €57\.00/],
  [
    { status: 'cancelled', payment_status: 'authorised' },
    { state: 'withdrawn' },
    /not charged; the €57\.00 that it holds are being let go of/,
  ],
  [
    { status: 'cancelled', payment_status: 'released' },
    { state: 'withdrawn' },
    /not charged, and holds the €57\.00 no longer/,
  ],
  [
    { status: 'awaiting_payment', payment_status: 'failed' },
    { state: 'approved' },
    /The card that you gave with your application was not charged/,
  ],
])('of %o and %o says what the card holds', async (order, application, text) => {
  open({ ...order, card_hold }, application);
  expect(await screen.findByText(text)).toBeVisible();
  expect(screen.queryByText(/paid nothing|pay nothing/)).toBeNull();
});

it('asks again after a withdrawal, until the card holds nothing any more', async () => {
  open({}, { state: 'withdrawn' });
  let asked = 0;
  server.use(
    http.get('/api/v1/order-links/:token', () => {
      const payment_status = ++asked > 1 ? 'released' : 'authorised';
      const order = {
        needs_approval: true,
        status: 'cancelled',
        payment_status,
        card_hold,
      } as const;
      return HttpResponse.json(heldOrder(order));
    }),
  );
  expect(await screen.findByText(/are being let go of/)).toBeVisible();
  expect(
    await screen.findByText(/holds the €57\.00 no longer/, {}, { timeout: 4000 }),
  ).toBeVisible();
});

it('leads whoever is accepted to paying, with what the organizer says', async () => {
  open({ status: 'awaiting_payment' }, { state: 'approved', answer: 'Welcome' });
  const pay = await screen.findByRole('link', { name: 'Pay €57.00' });
  expect(pay).toHaveAttribute('href', `/checkout/${TOKEN}`);
  expect(screen.getByText('Welcome')).toBeInTheDocument();
});

it('withdraws after asking once', async () => {
  const { user } = open({ status: 'awaiting_approval' }, {});
  await user.click(await screen.findByRole('button', { name: 'Withdraw my application' }));
  const dialog = await screen.findByRole('dialog');
  server.use(
    http.post(`${ORDER}/release`, () =>
      HttpResponse.json(heldOrder({ needs_approval: true, status: 'cancelled' })),
    ),
    http.get(`${ORDER}/application`, () => HttpResponse.json({ ...sent, state: 'withdrawn' })),
  );
  await user.click(within(dialog).getByRole('button', { name: 'Withdraw' }));
  await waitFor(() => {
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('is withdrawn');
  });
});
