import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { WaitlistRow } from '~/shared/api/generated/boxoffice.schemas';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { Waitlist } from './Waitlist';

const EVENT = '/api/v1/organizers/paradiso/events/e1';
const ALL = ['events:read', 'events:write', 'orders:read', 'orders:write'];
const ana: WaitlistRow = {
  id: 'w1',
  occurrence_id: 'oc1',
  name: 'Ana Lima',
  email: 'ana@example.org',
  quantity: 2,
  wishes: [{ ticket_type_id: 'floor', ticket_type_name: 'Floor', variation_names: [] }],
  state: 'waiting',
  position: 1,
  offer_ends_at: null,
  order_id: null,
  joined_at: '2027-01-02T10:00:00Z',
};

function show(rows: WaitlistRow[], permissions = ALL, isOpen = true) {
  const waitlist = { is_open: isOpen, mode: 'fifo' as const, offer_minutes: 1440 };
  server.use(
    http.get(EVENT, () => HttpResponse.json(managedEvent({ waitlist }))),
    http.get(`${EVENT}/waitlist`, () =>
      HttpResponse.json({
        entries: { items: rows, has_more: false, next_cursor: null },
        waiting: rows.length,
        units: 2 * rows.length,
        offered: 0,
      }),
    ),
  );
  const path = '/organizer/paradiso/events/e1/waitlist';
  return renderInArea(<Waitlist eventId="e1" />, path, permissions);
}

test('the team sees who waits for what', async () => {
  show([ana]);
  expect(await screen.findByText('1 person waits for 2 tickets, 0 have offers.')).toBeVisible();
  expect(screen.getByText('Waiting, number 1')).toBeVisible();
  expect(screen.getByText('2 × Floor · joined Sat 2 Jan 2027, 11:00')).toBeVisible();
});

test('the list is opened and arranged', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.patch(`${EVENT}/waitlist-settings`, async ({ request }) => {
      bodies.push(await request.json());
      const waitlist = { is_open: true, mode: 'lottery' as const, offer_minutes: 60 };
      return HttpResponse.json(managedEvent({ waitlist }));
    }),
  );
  const { user } = show([], ALL, false);
  expect(await screen.findByText('Nobody waits.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Open the list' }));
  expect(await screen.findByRole('button', { name: 'Close the list' })).toBeVisible();
  await user.selectOptions(screen.getByLabelText('How long an offer lasts'), '3 hours');
  await user.selectOptions(screen.getByLabelText('Who is asked first'), 'whoever joined first');
  await waitFor(() => {
    expect(bodies).toEqual([{ is_open: true }, { offer_minutes: 180 }, { mode: 'fifo' }]);
  });
});

test('an offer by hand says why it cannot be', async () => {
  const { user } = show([ana]);
  server.use(http.post(`${EVENT}/waitlist/w1/offer`, () => problem(409, 'sold_out', 'Sold out.')));
  await user.click(await screen.findByRole('button', { name: 'Offer now to Ana Lima' }));
  expect(await screen.findByRole('alert')).toBeVisible();
});

test('somebody is removed after asking once', async () => {
  const { user } = show([ana]);
  let isGone = false;
  server.use(
    http.post(`${EVENT}/waitlist/w1/remove`, () => {
      isGone = true;
      return HttpResponse.json({ ...ana, state: 'removed' });
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'Remove Ana Lima' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remove Ana Lima?' });
  await user.click(within(dialog).getByRole('button', { name: 'Remove' }));
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
  expect(isGone).toBe(true);
});

test('who may only read sees no buttons', async () => {
  show([ana], ['events:read', 'orders:read']);
  expect(await screen.findByText('Ana Lima')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
