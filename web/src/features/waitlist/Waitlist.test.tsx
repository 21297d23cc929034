import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { EventPage, WaitlistEntryView } from '~/shared/api/generated/boxoffice.schemas';
import { addOn, addOnGroup } from '~/testing/addOns';
import { eventPage, offerView } from '~/testing/events';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { offeredEntry, waitlistEntry } from '~/testing/waitlist';
import { JoinPage } from './JoinPage';
import { PlacePage } from './PlacePage';

const EVENT = '/api/v1/events/paradiso/night-bus';
const JOIN = '/api/v1/organizers/paradiso/waitlist';
const PLACE = '/api/v1/waitlist-links/paradiso.w1.1.mac';

function join(changes: Partial<EventPage> = {}) {
  const offers = [
    offerView('floor', 2850, { name: 'Floor', state: 'sold_out', max_per_order: 4 }),
    offerView('balcony', 4000, { name: 'Balcony', state: 'sold_out', max_per_order: 2 }),
  ];
  server.use(
    http.get(EVENT, () =>
      HttpResponse.json(eventPage({ offers, waitlist_open: true, ...changes })),
    ),
  );
  const page = <JoinPage organizer="paradiso" slug="night-bus" />;
  return renderPage(page, '/e/paradiso/night-bus/waitlist', '/e/paradiso/night-bus/waitlist');
}

function place(entry: WaitlistEntryView) {
  server.use(http.get(PLACE, () => HttpResponse.json(entry)));
  const path = `/waitlist/${entry.token}`;
  return renderPage(<PlacePage token={entry.token} />, path, path);
}

test('somebody joins for two of the types that will do', async () => {
  let body: unknown;
  server.use(
    http.post(JOIN, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({ message: 'You are on the list.' }, { status: 202 });
    }),
  );
  const { user } = join();
  await user.click(await screen.findByRole('checkbox', { name: /Balcony/ }));
  await user.selectOptions(screen.getByLabelText('How many tickets'), '4');
  await user.type(screen.getByLabelText('Full name'), 'Ana Lima');
  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await user.click(screen.getByRole('button', { name: 'Join the waiting list' }));
  expect(await screen.findByRole('heading', { name: 'You are on the list' })).toBeVisible();
  expect(body).toEqual({
    event_id: 'e1',
    occurrence_id: 'oc1',
    email: 'ana@example.org',
    name: 'Ana Lima',
    quantity: 4,
    ticket_type_ids: ['floor'],
    add_on_ids: [],
  });
});

test('of what must come with a ticket one says what will do', async () => {
  let body: unknown;
  server.use(
    http.post(JOIN, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({ message: 'You are on the list.' }, { status: 202 });
    }),
  );
  const meal = addOnGroup({ minimum: 1, name: 'Meal' }, addOn('meat', 1500), addOn('fish', 1200));
  const floor = offerView('floor', 2850, {
    name: 'Floor',
    state: 'sold_out',
    add_on_groups: [meal],
  });
  const { user } = join({ offers: [floor] });
  await user.click(await screen.findByRole('checkbox', { name: /meat/ }));
  await user.type(screen.getByLabelText('Full name'), 'Ana Lima');
  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await user.click(screen.getByRole('button', { name: 'Join the waiting list' }));
  expect(await screen.findByRole('heading', { name: 'You are on the list' })).toBeVisible();
  expect(body).toMatchObject({ ticket_type_ids: ['floor'], add_on_ids: ['fish'] });
});

test('what is missing is named', async () => {
  const { user } = join();
  await user.click(await screen.findByRole('checkbox', { name: /Floor/ }));
  await user.click(screen.getByRole('checkbox', { name: /Balcony/ }));
  await user.click(screen.getByRole('button', { name: 'Join the waiting list' }));
  const summary = await screen.findByRole('group', { name: 'A few things are missing' });
  expect(
    within(summary)
      .getAllByRole('link')
      .map(({ textContent }) => textContent),
  ).toEqual([
    'Choose at least one kind of ticket.',
    'Enter your full name.',
    'Enter your e-mail address.',
  ]);
});

test('whoever could buy right now is sent to the tickets', async () => {
  server.use(http.post(JOIN, () => problem(409, 'tickets_available', 'There are tickets.')));
  const { user } = join();
  await user.type(await screen.findByLabelText('Full name'), 'Ana Lima');
  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await user.click(screen.getByRole('button', { name: 'Join the waiting list' }));
  const link = await screen.findByRole('link', { name: 'Get tickets' });
  expect(link).toHaveAttribute('href', '/e/paradiso/night-bus');
});

test('an event without a waiting list says so', async () => {
  join({ waitlist_open: false });
  expect(await screen.findByRole('heading', { name: 'There is no waiting list' })).toBeVisible();
});

test('a place shows the position and what is wanted', async () => {
  place(waitlistEntry());
  expect(await screen.findByText('You are number 3 of 12.')).toBeVisible();
  expect(screen.getByText('2 tickets: Floor or Balcony')).toBeVisible();
});

test('a lottery shows how many wait, and no position', async () => {
  place(waitlistEntry({ mode: 'lottery', position: null }));
  expect(await screen.findByText(/12 people waiting\. Who is next is drawn by lot/)).toBeVisible();
});

test('an offer is taken and leads to the checkout', async () => {
  let body: unknown;
  server.use(
    http.post(`${PLACE}/accept`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({ status: 'held', token: 'order-token' }, { status: 201 });
    }),
  );
  const { user } = place(offeredEntry());
  const offer = await screen.findByRole('region', { name: 'Your offer' });
  expect(within(offer).getByText('2 × Floor')).toBeVisible();
  expect(within(offer).getByText('€57.00')).toBeVisible();
  expect(within(offer).getByText('with 2 × Dinner')).toBeVisible();
  expect(within(offer).getByText(/59:5\d left|1:00:00 left/)).toBeVisible();
  await user.click(within(offer).getByRole('button', { name: 'Take my tickets' }));
  expect(await screen.findByText('Went to /checkout/order-token')).toBeVisible();
  expect(body).toEqual({ price: null });
});

test('where the buyer chooses what to give, it is asked', async () => {
  const entry = offeredEntry();
  const offer = entry.offer && { ...entry.offer, pricing: 'open' as const };
  const { user } = place({ ...entry, offer });
  await user.type(await screen.findByLabelText('You give for each, in €'), '20');
  await user.click(screen.getByRole('button', { name: 'Take my tickets' }));
  expect(await screen.findByText('Give at least €28.50.')).toBeVisible();
});

test('an offer is declined, a missed one waits again, a place is left', async () => {
  const calls: string[] = [];
  const answer = (verb: string, state: WaitlistEntryView['state']) =>
    http.post(`${PLACE}/${verb}`, () => {
      calls.push(verb);
      return HttpResponse.json(waitlistEntry({ state, position: state === 'waiting' ? 9 : null }));
    });
  server.use(answer('decline', 'expired'), answer('rejoin', 'waiting'), answer('leave', 'left'));
  const { user } = place(offeredEntry());
  await user.click(await screen.findByRole('button', { name: 'No, thank you' }));
  await user.click(await screen.findByRole('button', { name: 'Wait again, as the last' }));
  expect(await screen.findByText('You are number 9 of 12.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Leave the list' }));
  await user.click(await screen.findByRole('button', { name: 'Leave' }));
  expect(await screen.findByRole('heading', { name: 'You left the list' })).toBeVisible();
  expect(calls).toEqual(['decline', 'rejoin', 'leave']);
});
