import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { BlockedView, CancellationPreview } from '~/shared/api/generated/boxoffice.schemas';
import { confirmed, heldOrder } from '~/testing/orders';
import { renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { CancelSale } from './CancelSale';
import { History } from './History';

const ORDER = '/api/v1/organizers/paradiso/orders/o1';
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const order = confirmed(heldOrder({ token: '' }));
const kept: BlockedView = {
  block_id: null,
  occurrence_id: 'oc1',
  reason: '…',
  until: '2027-03-13T18:00:00Z',
  lines: [
    { name: 'Floor', units: 1, seats: ['Row 1, seat 2'] },
    { name: 'Lunch', units: 2, seats: [] },
  ],
};
const KEPT = 'Floor (Row 1, seat 2), 2 × Lunch; until Sat 13 Mar 2027, 19:00';
const line = {
  position_id: 'p1',
  number: 1,
  name: 'Floor',
  price: eur(2850),
  fee: eur(0),
  refund: eur(2850),
  tax: eur(0),
};
const preview: CancellationPreview = {
  whole: false,
  old_total: eur(5700),
  new_total: eur(2850),
  fee: eur(0),
  refund: eur(2850),
  refund_tax: eur(0),
  fees_refund: eur(0),
  lines: [line],
  repriced: [],
  until: null,
};

function show() {
  const sent: unknown[] = [];
  server.use(
    http.post(`${ORDER}/cancellations/preview`, async ({ request }) => {
      const body = (await request.json()) as { block?: unknown };
      return HttpResponse.json({ ...preview, blocked: body.block === undefined ? [] : [kept] });
    }),
    http.post(`${ORDER}/cancellations`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ order, cancellation: {} });
    }),
  );
  return { sent, ...renderInArea(<CancelSale order={order} />, '/organizer/paradiso/orders/o1') };
}

it('a ticket goes back on sale unless the team keeps it back, with a reason and an end', async () => {
  const { user, sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Cancel tickets' }));
  await user.click(screen.getByRole('checkbox', { name: /Ticket 1/ }));
  const cancel = await screen.findByRole('button', { name: /Cancel 1 ticket/ });
  expect(cancel).toBeEnabled();
  expect(screen.getByRole('radio', { name: 'Put back on sale' })).toBeChecked();
  await user.click(screen.getByRole('radio', { name: 'Keep back (block)' }));
  expect(await screen.findByText(`Not sold again: ${KEPT}.`)).toBeVisible();
  // Nothing is done without a reason.
  expect(await screen.findByRole('button', { name: /Cancel 1 ticket/ })).toBeDisabled();
  await user.type(screen.getByLabelText('Reason of the block'), ' Broken seat ');
  await user.type(screen.getByLabelText(/Free again at/), '2027-03-13T19:00');
  await waitFor(() => {
    expect(screen.getByRole('button', { name: /Cancel 1 ticket/ })).toBeEnabled();
  });
  await user.click(screen.getByRole('button', { name: /Cancel 1 ticket/ }));
  await waitFor(() => {
    expect(sent).toHaveLength(1);
  });
  expect(sent[0]).toMatchObject({
    position_ids: ['p1'],
    block: { reason: 'Broken seat', until: '2027-03-13T18:00:00.000Z' },
    expected_refund: 2850,
  });
});

it('says what is wrong with the end of a block', async () => {
  const { user } = show();
  const message = 'Choose a time that is to come.';
  const errors = [{ pointer: '/block/until', code: 'bad_time', message }];
  server.use(
    http.post(`${ORDER}/cancellations/preview`, () =>
      problem(422, 'invalid', 'Wrong.', { errors }),
    ),
  );
  await user.click(await screen.findByRole('button', { name: 'Cancel tickets' }));
  await user.click(screen.getByRole('checkbox', { name: /Ticket 1/ }));
  expect(await screen.findByText(message)).toBeVisible();
});

it('what goes back on sale is sent without a block', async () => {
  const { user, sent } = show();
  await user.click(await screen.findByRole('button', { name: 'Cancel tickets' }));
  await user.click(screen.getByRole('checkbox', { name: /Ticket 1/ }));
  await user.click(await screen.findByRole('button', { name: /Cancel 1 ticket/ }));
  await waitFor(() => {
    expect(sent).toHaveLength(1);
  });
  expect(sent[0]).not.toHaveProperty('block');
});

it('the history says what was blocked of a cancelled ticket', async () => {
  const made = {
    ...preview,
    id: 'c1',
    by: 'staff',
    because: '',
    created_at: '2027-01-10T12:00:00Z',
    blocked: [{ ...kept, block_id: 'b1', reason: 'Broken seat' }],
  };
  server.use(
    http.get(`${ORDER}/cancellations`, () => HttpResponse.json([made])),
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/splits`, () => HttpResponse.json([])),
  );
  renderInArea(<History order={order} />, '/organizer/paradiso/orders/o1');
  expect(await screen.findByText(`Blocked as “Broken seat”: ${KEPT}`)).toBeVisible();
});
