import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { managedEvent, quota, renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { EventDesk } from './EventDesk';

const EVENT = '/api/v1/organizers/paradiso/events/e1';
const blocker = {
  code: 'place',
  done: false,
  blocks: true,
  text: 'Name the venue and its city.',
  link: '/organizer/paradiso/events/e1#where',
};
const floor = {
  id: 'floor',
  name: 'Floor',
  description: '',
  price: { amount: 2850, currency: 'EUR' },
  min_per_order: 1,
  max_per_order: 10,
  sales_start: null,
  sales_end: null,
  on_sale: true,
  position: 1,
  quota_ids: ['q1'],
};

function show(event: ManagedEvent, checklist = { ready: true, items: [] as unknown[] }) {
  server.use(
    http.get(EVENT, () => HttpResponse.json(event)),
    http.get(`${EVENT}/checklist`, () => HttpResponse.json(checklist)),
  );
  return renderInArea(<EventDesk eventId="e1" />, '/organizer/paradiso/events/e1');
}

test('each blocker is named with the way to it, and publishing waits', async () => {
  show(managedEvent(), { ready: false, items: [blocker] });
  const link = await screen.findByRole('link', { name: blocker.text });
  expect(link).toHaveAttribute('href', blocker.link);
  expect(screen.getByRole('button', { name: 'Publish' })).toBeDisabled();
});

test('a ready draft is published with one press', async () => {
  server.use(
    http.post(`${EVENT}/publish`, () => HttpResponse.json(managedEvent({ status: 'published' }))),
  );
  const { user } = show(managedEvent());
  await user.click(await screen.findByRole('button', { name: 'Publish' }));
  expect(await screen.findByRole('button', { name: 'Take it down' })).toBeVisible();
});

test('the stock is told in numbers, and what is overbooked is flagged', async () => {
  const overbooked = quota({ capacity: 80, sold: 90, held: 10, free: 0, overbooked_by: 20 });
  show(managedEvent({ ticket_types: [floor], quotas: [overbooked] }));
  expect(await screen.findByText(/^Overbooked by 20/)).toBeVisible();
  expect(screen.getByText('of 80')).toBeVisible();
});

test('deleting asks first, and says why it cannot', async () => {
  server.use(
    http.delete(`${EVENT}/ticket-types/floor`, () =>
      problem(409, 'ticket_type_in_use', 'Orders hold this ticket type.'),
    ),
  );
  const { user } = show(managedEvent({ ticket_types: [floor], quotas: [quota()] }));
  await user.click(await screen.findByRole('button', { name: 'Delete Floor' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
  expect(await within(dialog).findByText('Orders hold this ticket type.')).toBeVisible();
});
