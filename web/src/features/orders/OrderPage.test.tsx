import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { confirmed, heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { MyTickets } from './MyTickets';
import { OrderPage } from './OrderPage';
import { shelves } from './shelves';
import { TicketPage } from './TicketPage';

const TOKEN = 'paradiso.o1.1.mac';

function serve(answer: () => Response) {
  server.use(http.get('/api/v1/order-links/:token', answer));
}

function open() {
  return renderPage(
    <OrderPage token={TOKEN} help={() => <p>Help</p>} changes={() => <p>Changes</p>} />,
    '/orders/:token',
    `/orders/${TOKEN}`,
  );
}

const bought = confirmed(heldOrder({ buyer: { email: 'ana@example.org', name: 'Ana' } }));

it('shows every ticket with its code, and the files that go with them', async () => {
  serve(() => HttpResponse.json(bought));
  open();
  expect(await screen.findByRole('heading', { name: 'You’re going' })).toBeInTheDocument();
  const tickets = within(screen.getByRole('list', { name: 'Tickets' })).getAllByRole('img');
  expect(tickets.map((code) => code.getAttribute('alt'))).toEqual([
    'QR code of ticket 1, order K7QX-42',
    'QR code of ticket 2, order K7QX-42',
  ]);
  expect(tickets[0]).toHaveAttribute(
    'src',
    `/api/v1/organizers/paradiso/orders/o1/tickets/t1/qr.svg?token=${TOKEN}`,
  );
  expect(screen.getByRole('link', { name: 'Tickets as PDF' })).toHaveAttribute(
    'href',
    `/api/v1/organizers/paradiso/orders/o1/tickets.pdf?token=${TOKEN}`,
  );
  expect(screen.getByText(/ana@example.org/)).toBeInTheDocument();
  expect(screen.getByText('Help')).toBeInTheDocument();
});

it('names the order that some of its tickets were put into', async () => {
  serve(() => HttpResponse.json({ ...bought, confirmed_at: '2026-01-01T10:00:00Z' }));
  const made = { moved: 'into', other_code: 'NEW-1', tickets: [{ number: 3, name: 'Floor' }] };
  server.use(
    http.get('/api/v1/organizers/paradiso/orders/o1/splits', () =>
      HttpResponse.json([{ ...made, id: 's1' }]),
    ),
  );
  open();
  expect(
    await screen.findByText(/earlier ticket 3 \(Floor\) is in order NEW-1 now/),
  ).toBeInTheDocument();
});

it('waits for the bank and shows the tickets once they are there', async () => {
  const paying = heldOrder({ status: 'awaiting_payment', payment_status: 'pending' });
  let asked = 0;
  serve(() => HttpResponse.json(++asked > 1 ? bought : paying));
  open();
  expect(
    await screen.findByRole('heading', { name: 'We are checking your payment' }),
  ).toBeInTheDocument();
  expect(
    await screen.findByRole('heading', { name: 'You’re going' }, { timeout: 4000 }),
  ).toBeInTheDocument();
});

it('leads from a payment that is being checked back to the checkout, while the order is held', async () => {
  serve(() => HttpResponse.json(heldOrder({ payment_status: 'pending' })));
  open();
  const back = await screen.findByRole('link', { name: 'Back to checkout' });
  expect(back).toHaveAttribute('href', `/checkout/${TOKEN}`);
});

it.each<[Partial<OrderView>, string]>([
  [{}, 'Almost there'],
  [{ status: 'awaiting_payment', payment_status: 'failed' }, 'Almost there'],
  [{ status: 'expired' }, 'This order ran out'],
  [{ status: 'cancelled' }, 'This order is cancelled'],
])('of %o says "%s"', async (changes, title) => {
  serve(() => HttpResponse.json(heldOrder(changes)));
  open();
  expect(await screen.findByRole('heading', { level: 1, name: title })).toBeInTheDocument();
});

it('tells strangers nothing', async () => {
  serve(() => problem(404, 'order_not_found', 'Nothing.'));
  open();
  expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeInTheDocument();
});

it('shows one ticket large, with the way to the next', async () => {
  serve(() => HttpResponse.json(bought));
  renderPage(<TicketPage token={TOKEN} ticketId="t1" />, '/t/:token/:id', `/t/${TOKEN}/t1`);
  expect(await screen.findByText('Ticket 1 of 2: Floor')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Ticket 2' })).toHaveAttribute('href', `/t/${TOKEN}/t2`);
});

it('sorts what is to come before what is over, and hides what came to nothing', () => {
  const orders = [
    heldOrder({
      id: 'late',
      status: 'confirmed',
      starts_at: '2027-05-01T18:00:00Z',
      ends_at: '2027-05-01T20:00:00Z',
    }),
    heldOrder({ id: 'soon', status: 'confirmed' }),
    heldOrder({ id: 'gone', status: 'expired' }),
    heldOrder({
      id: 'past',
      status: 'confirmed',
      starts_at: '2026-01-01T18:00:00Z',
      ends_at: '2026-01-01T20:00:00Z',
    }),
  ];
  const { upcoming, past } = shelves(orders, Date.parse('2027-01-01T00:00:00Z'));
  expect(upcoming.map(({ id }) => id)).toEqual(['soon', 'late']);
  expect(past.map(({ id }) => id)).toEqual(['past']);
});

it('leads a visitor without tickets somewhere', async () => {
  server.use(
    http.get('/api/v1/me/orders', () =>
      HttpResponse.json({ items: [], has_more: false, next_cursor: null }),
    ),
  );
  renderPage(<MyTickets />, '/me/tickets', '/me/tickets');
  expect(await screen.findByRole('link', { name: 'Find my order' })).toHaveAttribute(
    'href',
    '/find-order',
  );
});
