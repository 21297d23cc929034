import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { SplitPreviewView } from '~/shared/api/generated/boxoffice.schemas';
import { confirmed, heldOrder } from '~/testing/orders';
import { renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { SplitSale } from './SplitSale';

const SPLITS = '/api/v1/organizers/paradiso/orders/o1/splits';
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const order = confirmed(heldOrder());
const shown: SplitPreviewView = {
  tickets: [{ position_id: 'p2', number: 2, name: 'Floor', price: eur(2850) }],
  buyer: { name: 'Grace Hopper', email: 'grace@example.org' },
  fees: eur(0),
  new_total: eur(2850),
  left_total: eur(2850),
  paid: eur(2850),
};

const show = (permissions?: string[]) =>
  renderInArea(<SplitSale order={order} />, '/organizer/paradiso/orders/o1', permissions);

async function choose(user: ReturnType<typeof show>['user']) {
  await user.click(await screen.findByRole('button', { name: 'Split order' }));
  await user.click(screen.getByLabelText(/Ticket 2/));
}

test('chosen tickets become an order of somebody else, exactly as shown', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.post(`${SPLITS}/preview`, () => HttpResponse.json(shown)),
    http.post(SPLITS, async ({ request }) => {
      bodies.push(await request.json());
      const made = { order, new_order: { ...order, id: 'o2', code: 'NEW-1' }, split: shown };
      return HttpResponse.json(made, { status: 201 });
    }),
  );
  const { user } = show();
  await choose(user);
  await user.selectOptions(screen.getByLabelText('Whose order they become'), 'other');
  expect(screen.queryByRole('button', { name: /Move 1 ticket/ })).not.toBeInTheDocument();
  await user.type(screen.getByLabelText('Full name'), 'Grace Hopper');
  await user.type(screen.getByLabelText('E-mail'), 'grace@example.org');
  expect(await screen.findAllByText('€28.50')).not.toHaveLength(0);
  await user.click(await screen.findByRole('button', { name: 'Move 1 ticket to a new order' }));
  await waitFor(() => {
    expect(bodies).toEqual([
      { position_ids: ['p2'], buyer: shown.buyer, because: '', expected_total: 2850 },
    ]);
  });
});

test('what the server refuses is said, and nothing can be done then', async () => {
  server.use(
    http.post(`${SPLITS}/preview`, () =>
      problem(409, 'nothing_would_stay', 'Leave a ticket in the order.'),
    ),
  );
  const { user } = show();
  await choose(user);
  expect(await screen.findByText('Leave a ticket in the order.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /to a new order/ })).not.toBeInTheDocument();
});

test('who may only read orders is offered nothing', async () => {
  show(['orders:read']);
  await waitFor(() => {
    expect(screen.queryByRole('button', { name: 'Split order' })).not.toBeInTheDocument();
  });
});
