import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { ChangePreviewView, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { confirmed, heldOrder } from '~/testing/orders';
import { managedEvent, quota, renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { ChangeSale } from './ChangeSale';
import { choicesOf, UNCHANGED, wishOf } from './changeWish';
import { isSeated } from './freeSeats';

const API = '/api/v1/organizers/paradiso';
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const type = (id: string, name: string, amount: number): TicketTypeView => ({
  id,
  name,
  description: '',
  price: eur(amount),
  min_per_order: 1,
  max_per_order: 10,
  sales_start: null,
  sales_end: null,
  on_sale: true,
  position: 0,
  quota_ids: [],
});
const event = managedEvent({
  ticket_types: [type('floor', 'Floor', 2850), type('back', 'Back', 2000)],
});
const order = confirmed(heldOrder());

function preview(more = 0): ChangePreviewView {
  const state = (name: string, amount: number) => ({
    name,
    starts_at: '2027-03-13T19:00:00Z',
    seat: null,
    price: eur(amount),
  });
  return {
    old_total: eur(5700),
    new_total: eur(more > 0 ? 5700 + more : 4850),
    more: eur(more),
    refund: eur(more > 0 ? 0 : 850),
    tickets: [
      { position_id: 'p1', number: 1, before: state('Floor', 2850), after: state('Back', 2000) },
    ],
    added: [],
    removed: [],
  };
}

function show(shown: ChangePreviewView, permissions?: string[], waiting: unknown[] = []) {
  const path = '/organizer/paradiso/orders/o1';
  server.use(
    http.get(`${API}/orders/o1/changes`, () => HttpResponse.json(waiting)),
    http.get(`${API}/events/e1`, () => HttpResponse.json(event)),
    http.post(`${API}/orders/o1/ticket-changes/preview`, () => HttpResponse.json(shown)),
  );
  return renderInArea(<ChangeSale order={order} />, path, permissions);
}

/** Opens the form with a ticket that shall become another type. */
async function swap(user: ReturnType<typeof show>['user']) {
  await user.click(await screen.findByRole('button', { name: 'Change tickets' }));
  await user.selectOptions(await screen.findByLabelText('Change a ticket of the order'), 'p1');
  await user.selectOptions(screen.getByLabelText('Becomes'), 'Back, €20.00');
}

test('several tickets are changed at once, exactly as shown', async () => {
  const bodies: unknown[] = [];
  const { user } = show(preview());
  server.use(
    http.post(`${API}/orders/o1/ticket-changes`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({ order, change: preview(), awaiting: null });
    }),
  );
  await swap(user);
  expect(await screen.findByText('€8.50')).toBeVisible();
  expect(screen.getByText(/^Back, Sat 13 Mar 2027/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Add a ticket' }));
  await user.selectOptions(screen.getByLabelText('Which ticket'), 'Floor, €28.50');
  await user.click(await screen.findByRole('button', { name: 'Change the order' }));
  await waitFor(() => {
    expect(screen.queryByLabelText('Becomes')).not.toBeInTheDocument();
  });
  const tickets = [{ position_id: 'p1', ticket_type_id: 'back' }];
  const added = [{ ticket_type_id: 'floor' }];
  expect(bodies).toEqual([
    { tickets, added, settle: 'pay', because: '', expected_total: 4850, pay_within_hours: 72 },
  ]);
});

test('the buyer is asked for what is dearer, or staff say why nobody pays it here', async () => {
  const { user } = show(preview(1500));
  await swap(user);
  expect(await screen.findByRole('button', { name: 'Ask the buyer for €15.00' })).toBeVisible();
  await user.selectOptions(screen.getByLabelText('Who pays the difference'), 'outside');
  await waitFor(() => {
    expect(screen.queryByRole('button', { name: /^(Ask|Change the)/ })).not.toBeInTheDocument();
  });
  await user.type(screen.getByLabelText('Why'), 'Cash');
  expect(await screen.findByRole('button', { name: 'Change the order' })).toBeVisible();
});

test('a change that waits for its payment is shown, and can be withdrawn', async () => {
  const waiting = {
    id: 'c1',
    status: 'awaiting_payment',
    by: 'staff',
    settled: null,
    due: eur(1500),
    change: preview(1500),
    expires_at: '2027-03-01T12:00:00Z',
    created_at: '2027-02-27T12:00:00Z',
  };
  const changes: unknown[] = [waiting];
  const { user } = show(preview(), undefined, changes);
  server.use(
    http.delete(`${API}/orders/o1/changes/c1`, () => {
      changes.pop();
      return HttpResponse.json({ ...waiting, status: 'withdrawn' });
    }),
  );
  expect(await screen.findByText(/Waits for €15.00 from the buyer/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Withdraw the change' }));
  expect(await screen.findByRole('button', { name: 'Change tickets' })).toBeVisible();
});

test('a refusal is told in place of what it comes to', async () => {
  const { user } = show(preview());
  const path = `${API}/orders/o1/ticket-changes/preview`;
  server.use(http.post(path, () => problem(409, 'sold_out', 'Sold out.')));
  await swap(user);
  expect(await screen.findByRole('alert')).toBeVisible();
});

test('who may only read sees nothing of it', () => {
  show(preview(), ['events:read', 'orders:read']);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

test('a seat is asked for where the type has seats on that date', () => {
  const quotas = [quota({ seated: true }), quota({ id: 'q2', occurrence_id: 'oc2' })];
  const hall = managedEvent({ quotas });
  expect(isSeated(hall, 'floor', 'oc1')).toBe(true);
  expect(isSeated(hall, 'floor', 'oc2')).toBe(false);
  expect(isSeated(hall, 'back', 'oc1')).toBe(false);
});

test('nothing is asked for while nothing is different', () => {
  const position = { id: 'p1', ticket_type_id: 'floor', variation_id: null };
  expect(choicesOf(event, position)).toEqual([{ value: 'back', label: 'Back, €20.00' }]);
  expect(wishOf(UNCHANGED, position, 'EUR')).toBeNull();
  expect(wishOf({ ...UNCHANGED, price: 'x' }, position, 'EUR')).toBeNull();
  expect(wishOf({ ...UNCHANGED, kind: 'a/b', price: '12.50' }, position, 'EUR')).toEqual({
    position_id: 'p1',
    ticket_type_id: 'a',
    variation_id: 'b',
    price: 1250,
  });
});
