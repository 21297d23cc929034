import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
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

/** Remembers what is sent to `path` and answers with the event. */
function listen(method: 'post' | 'put' | 'patch', path: string, event: ManagedEvent) {
  const bodies: unknown[] = [];
  server.use(
    http[method](`${EVENT}${path}`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(event);
    }),
  );
  return bodies;
}

test('a type becomes a donation behind a code, limited per person, that opens after another', async () => {
  const balcony = { ...floor, id: 'balcony', name: 'Balcony' };
  const days = { id: 'days', name: 'Day tickets', position: 0 };
  const event = managedEvent({ ticket_types: [floor, balcony], categories: [days] });
  const bodies = listen('patch', '/ticket-types/floor', event);
  const { user } = show(event);
  await user.click(await screen.findByRole('button', { name: 'Edit Floor' }));
  const form = within(screen.getByRole('form', { name: 'Change Floor' }));
  await user.click(form.getByText('More: donation, code, waves, limit per person'));
  await user.selectOptions(form.getByLabelText('Who sets the price'), 'open');
  await user.type(form.getByLabelText(/^Suggested amount in €/), '20');
  await user.selectOptions(form.getByLabelText('Who sees it'), 'hidden');
  await user.selectOptions(form.getByLabelText('Heading'), 'Day tickets');
  await user.selectOptions(form.getByLabelText('Opens after'), 'Balcony');
  await user.type(form.getByLabelText(/^At most per person/), '4');
  await user.click(form.getByRole('button', { name: 'Save' }));
  expect(form.getByRole('link', { name: 'Not less than the price above.' })).toBeVisible();
  expect(form.getByRole('link', { name: 'Give one word.' })).toBeVisible();
  await user.type(form.getByLabelText('Code'), 'FRIENDS');
  await user.clear(form.getByLabelText(/^Suggested amount in €/));
  await user.type(form.getByLabelText(/^Suggested amount in €/), '40');
  await user.click(form.getByRole('button', { name: 'Save' }));
  await vi.waitFor(() => {
    expect(bodies).toEqual([
      expect.objectContaining({
        pricing: 'open',
        suggested_price: 4000,
        visibility: 'hidden',
        access_code: 'FRIENDS',
        category_id: 'days',
        opens_after_id: 'balcony',
        max_per_person: 4,
      }),
    ]);
  });
});

test('variations are added with a price and a number of their own, and moved', async () => {
  const variation = (id: string) => ({
    id,
    name: id,
    price: null,
    on_sale: true,
    position: 0,
    quota_ids: [],
  });
  const event = managedEvent({
    ticket_types: [{ ...floor, variations: [variation('S'), variation('L')] }],
  });
  const added = listen('post', '/ticket-types/floor/variations', event);
  const ordered = listen('put', '/ticket-types/floor/variations/order', event);
  const { user } = show(event);
  await user.click(await screen.findByRole('button', { name: 'Move down S' }));
  await user.click(screen.getByRole('button', { name: 'Add variation to Floor' }));
  const form = within(screen.getByRole('form', { name: 'New variation' }));
  await user.type(form.getByLabelText('Name'), 'XL');
  await user.type(form.getByLabelText(/^Price in €/), '30');
  await user.type(form.getByLabelText(/^How many/), '12');
  await user.click(form.getByRole('button', { name: 'Add variation' }));
  await vi.waitFor(() => {
    expect(added).toEqual([{ name: 'XL', price: 3000, quantity: 12 }]);
  });
  expect(ordered).toEqual([{ ids: ['L', 'S'] }]);
});

test('headings and the limit per person are set beside the ticket types', async () => {
  const event = managedEvent({ ticket_types: [floor], max_per_person: 6 });
  const named = listen('post', '/ticket-categories', event);
  const limited = listen('patch', '', event);
  const { user } = show(event);
  expect(await screen.findByText(/^One person may have 6 tickets/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Add heading' }));
  await user.type(screen.getByLabelText('Heading'), 'Weekend{Enter}');
  await vi.waitFor(() => {
    expect(named).toEqual([{ name: 'Weekend' }]);
  });
  await user.click(screen.getByRole('button', { name: 'Change limit' }));
  await user.clear(screen.getByLabelText(/^At most per person/));
  await user.click(screen.getByRole('button', { name: 'Save limit' }));
  await vi.waitFor(() => {
    expect(limited).toEqual([{ max_per_person: null }]);
  });
});
