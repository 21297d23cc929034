import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { confirmed, heldOrder } from '~/testing/orders';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Changes } from './Changes';

const ORDER = '/api/v1/organizers/paradiso/orders/o1';
const order = confirmed(heldOrder());
const euros = (amount: number) => ({ amount, currency: 'EUR' });

const options = {
  cancel_until: '2027-03-01T12:00:00Z',
  cancel_too_late: false,
  give_on_until: '2027-03-13T19:00:00Z',
  names_until: '2027-03-13T19:00:00Z',
  return_until: null as string | null,
  variations_until: null as string | null,
  tickets: [],
};

beforeEach(() => {
  server.use(http.get(`${ORDER}/changes`, () => HttpResponse.json([])));
});

function previewOf(ids: readonly string[] | undefined) {
  const count = ids?.length ?? order.positions.length;
  return {
    whole: false,
    old_total: euros(5000),
    new_total: euros(5000 - 2250 * count),
    fee: euros(250 * count),
    refund: euros(2250 * count),
    refund_tax: euros(0),
    fees_refund: euros(0),
    lines: order.positions
      .slice(0, count)
      .map(({ id, number }) => ({ position_id: id, number, name: 'T', price: euros(2500) })),
    repriced: [],
    until: '2027-03-01T12:00:00Z',
  };
}

it('shows what comes back before it cancels, and cancels on exactly those terms', async () => {
  const sent: unknown[] = [];
  server.use(
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/options`, () => HttpResponse.json(options)),
    http.post(`${ORDER}/cancellations/preview`, async ({ request }) => {
      const { position_ids: ids } = (await request.json()) as { position_ids?: string[] };
      return HttpResponse.json(previewOf(ids));
    }),
    http.post(`${ORDER}/cancellations`, async ({ request }) => {
      sent.push(await request.json());
      expect(request.headers.get('order-token')).toBe(order.token);
      return HttpResponse.json({ order, cancellation: {} });
    }),
  );
  const { user } = renderPage(<Changes order={order} />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Choose tickets to cancel' }));
  await user.click(screen.getByRole('checkbox', { name: /Ticket 1/ }));
  await user.click(await screen.findByRole('button', { name: 'Cancel 1 ticket, €22.50 back' }));
  expect(sent).toEqual([
    {
      position_ids: [order.positions[0]?.id],
      because: '',
      expected_refund: 2250,
      expected_total: 2750,
    },
  ]);
});

it('offers a ticket to an address', async () => {
  const sent: unknown[] = [];
  server.use(
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/options`, () => HttpResponse.json({ ...options, cancel_until: null })),
    http.post(`${ORDER}/tickets/:id/transfers`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ to_email: 'eve@example.org' }, { status: 201 });
    }),
  );
  const { user } = renderPage(<Changes order={order} />, '/', '/');
  const [give] = await screen.findAllByRole('button', { name: /Give to somebody/ });
  if (give !== undefined) await user.click(give);
  await user.type(screen.getByLabelText(/e-mail address/), 'eve@example.org');
  await user.click(screen.getByRole('button', { name: 'Send the offer' }));
  expect(sent).toEqual([{ email: 'eve@example.org', message: '' }]);
  expect(screen.queryByText('Cancel')).not.toBeInTheDocument();
});

it('offers nothing for a ticket whose own date is too near', async () => {
  const [first, second] = order.tickets.map(({ id }) => ({
    ticket_id: id,
    position_id: id,
    cancel_until: null,
    give_on_until: options.give_on_until,
    names_until: null,
    return_until: null,
    variations_until: null,
  }));
  const tickets = [first, { ...second, give_on_until: null }];
  server.use(
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/options`, () => HttpResponse.json({ ...options, tickets })),
  );
  renderPage(<Changes order={order} />, '/', '/');
  expect(await screen.findByRole('button', { name: /Give to somebody/ })).toBeVisible();
  expect(screen.queryByRole('button', { name: /name on ticket/ })).not.toBeInTheDocument();
});

it('offers a ticket back, keeps it, and shows what was taken', async () => {
  const [first] = order.tickets;
  const back = (id: string, status: string, number: number) => ({
    id: `r${String(number)}`,
    ticket_id: id,
    ticket_number: number,
    ticket_name: 'Standing',
    face_value: euros(2500),
    status,
    promised: false,
    expires_at: '2027-03-13T19:00:00Z',
  });
  let made = [back('gone', 'taken', 9)];
  server.use(
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/returns`, () => HttpResponse.json(made)),
    http.get(`${ORDER}/options`, () =>
      HttpResponse.json({ ...options, return_until: '2027-03-13T19:00:00Z' }),
    ),
    http.post(`${ORDER}/tickets/:id/returns`, ({ params }) => {
      made = [...made, back(String(params.id), 'offered', 1)];
      return HttpResponse.json(made.at(-1), { status: 201 });
    }),
    http.post(`${ORDER}/returns/r1/withdraw`, () => {
      made = made.slice(0, 1);
      return HttpResponse.json(back(first?.id ?? '', 'withdrawn', 1));
    }),
  );
  const { user } = renderPage(<Changes order={order} />, '/', '/');
  expect(await screen.findByText('Taken; €25.00 goes back to you')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Offer it back: ticket 1' }));
  await user.click(await screen.findByRole('button', { name: 'Keep it: ticket 1' }));
  expect(await screen.findByRole('button', { name: 'Offer it back: ticket 1' })).toBeVisible();
});

it('corrects the name on a ticket', async () => {
  const sent: unknown[] = [];
  server.use(
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/options`, () => HttpResponse.json(options)),
    http.put(`${ORDER}/positions/:id/attendee`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(order);
    }),
  );
  const { user } = renderPage(<Changes order={order} />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Change: the name on ticket 1' }));
  const field = screen.getByLabelText('Name on ticket 1');
  await user.clear(field);
  await user.type(field, 'Grace Hopper');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(sent).toEqual([{ name: 'Grace Hopper' }]);
});

it('cancels what came with a ticket together with it', async () => {
  const [base, other] = order.positions;
  if (base === undefined || other === undefined) throw new Error('no positions');
  const mug = { ...other, id: 'mug', number: 3, ticket_type_name: 'Mug', parent_id: base.id };
  const asked: unknown[] = [];
  server.use(
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/options`, () => HttpResponse.json(options)),
    http.post(`${ORDER}/cancellations/preview`, async ({ request }) => {
      const { position_ids: ids } = (await request.json()) as { position_ids: string[] };
      asked.push(ids);
      return HttpResponse.json(previewOf(ids));
    }),
  );
  const bought = { ...order, positions: [base, other, mug] };
  const { user } = renderPage(<Changes order={bought} />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Choose tickets to cancel' }));
  await user.click(screen.getByRole('checkbox', { name: /Ticket 1/ }));
  expect(screen.getByRole('checkbox', { name: /Mug/ })).toBeChecked();
  expect(screen.getByRole('checkbox', { name: /Mug/ })).toBeDisabled();
  expect(
    await screen.findByRole('button', { name: 'Cancel 2 items, €45.00 back' }),
  ).toBeInTheDocument();
  expect(asked.at(-1)).toEqual([base.id, 'mug']);
  await user.click(screen.getByRole('checkbox', { name: /Ticket 1/ }));
  expect(screen.getByRole('checkbox', { name: /Mug/ })).not.toBeChecked();
});
