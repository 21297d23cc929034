import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { eventPage, offerView } from '~/testing/events';
import { heldOrder } from '~/testing/orders';
import { renderPage } from '~/testing/render';
import { seatAvailability, smallHall } from '~/testing/seats';
import { server } from '~/testing/server';
import { Seats } from './Seats';

const EVENT = '/api/v1/events/paradiso/night-bus';
const ORDERS = '/api/v1/organizers/paradiso/orders';
const euro = (amount: number) => ({ amount, currency: 'EUR' });
const variation = (id: string, amount: number) => ({
  variation_id: id,
  name: id,
  price: euro(amount),
  list_price: euro(amount),
  fees: [],
  tax: euro(0),
  state: 'on_sale' as const,
  available: null,
});
const floor = offerView('Floor', 2850, {
  seated: true,
  variations: [variation('Adult', 2850), variation('Child', 1200)],
});
const balcony = offerView('Balcony', 500, { seated: true, pricing: 'open' });

function open(changes: Partial<EventPage>, search = '') {
  server.use(
    http.get(EVENT, () => HttpResponse.json(eventPage({ offers: [floor, balcony], ...changes }))),
    http.get(`${EVENT}/seats`, () => HttpResponse.json(seatAvailability())),
    http.get(`${EVENT}/seat-maps/v1`, () => HttpResponse.json(smallHall())),
  );
  return renderPage(
    <Seats organizer="paradiso" slug="night-bus" />,
    '/e/:o/:e/seats',
    `/e/paradiso/night-bus/seats${search}`,
  );
}

let posted: unknown;
let quoted: unknown;

beforeEach(() => {
  server.use(
    http.post(ORDERS, async ({ request }) => {
      posted = await request.json();
      return HttpResponse.json(heldOrder(), { status: 201 });
    }),
    http.get(`${EVENT}/voucher-seats`, () => HttpResponse.json({ seat_ids: [] })),
    http.post(`${ORDERS}/quote`, async ({ request }) => {
      quoted = await request.json();
      const lines = [{ ticket_type_id: 'Floor', price: euro(1300) }];
      const answer = { total: euro(1300), net: euro(1300), tax: euro(0), lines };
      return HttpResponse.json({ ...answer, fees: [], taxes: [], reductions: [] });
    }),
  );
});

test('each seat is taken in a variation of its own, or at the amount that the buyer gives', async () => {
  const { user } = open({});
  await user.click(await screen.findByText(/^Hall: 3 free/));
  await user.click(screen.getByRole('button', { name: 'Hall, row 1, seat 1: from €12.00, free' }));
  await user.click(
    screen.getByRole('button', { name: 'Hall, row 2, seat 7: pay what you want, free' }),
  );
  const chosen = within(screen.getByRole('region', { name: 'Your seats' }));
  await user.selectOptions(chosen.getByLabelText('Hall, row 1, seat 1: which kind'), 'Child');
  const amount = chosen.getByLabelText('You give, in EUR: Hall, row 2, seat 7');
  await user.clear(amount);
  await user.type(amount, '4');
  expect(chosen.getByText('Give at least €5.00 for Balcony.')).toBeVisible();
  expect(chosen.getByRole('button', { name: 'Take these seats' })).toBeDisabled();
  await user.type(amount, '0');
  expect(chosen.getByText('€52.00')).toBeVisible();
  await user.click(chosen.getByRole('button', { name: 'Take these seats' }));
  expect(await screen.findByText(/^Went to \/checkout/)).toBeVisible();
  expect(posted).toMatchObject({
    expected_total: 5200,
    items: [
      { ticket_type_id: 'Floor', variation_id: 'Child', quantity: 1, expected_price: 1200 },
      { ticket_type_id: 'Balcony', price: 4000, quantity: 1, expected_price: 4000 },
    ],
  });
});

test('a code reveals seats, a voucher makes them cheaper, and both go with the order', async () => {
  server.use(
    http.get(`${EVENT}/hidden-offers`, () =>
      HttpResponse.json({ occurrence_id: 'oc1', offers: [floor], categories: [] }),
    ),
  );
  const { user } = open({ offers: [balcony], takes_code: true }, '?code=friends&voucher=CREW');
  await user.click(await screen.findByText(/^Hall: 3 free/));
  await user.click(screen.getByRole('button', { name: /^Hall, row 1, seat 1: from/ }));
  const chosen = within(screen.getByRole('region', { name: 'Your seats' }));
  expect(await chosen.findByText('€13.00')).toBeVisible();
  expect(quoted).toMatchObject({ access_code: 'friends', voucher_codes: ['CREW'] });
  await user.click(screen.getByRole('button', { name: 'Take these seats' }));
  expect(await screen.findByText(/^Went to \/checkout/)).toBeVisible();
  expect(posted).toMatchObject({
    access_code: 'friends',
    voucher_codes: ['CREW'],
    expected_total: 1300,
  });
});

test('the best available are found in the wanted variation', async () => {
  const { user } = open({});
  await user.selectOptions(await screen.findByLabelText('Ticket'), 'Floor · Child, €12.00');
  expect(screen.getByText('€24.00')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Find seats' }));
  expect(await screen.findByText(/^Went to \/checkout/)).toBeVisible();
  expect(posted).toMatchObject({
    items: [{ ticket_type_id: 'Floor', variation_id: 'Child', quantity: 2, best_available: {} }],
  });
});

test('what must come with a seat is chosen before it is taken', async () => {
  const drink = {
    ...{ ticket_type_id: 'drink', name: 'Drink', description: '', pricing: 'fixed' as const },
    ...{ state: 'on_sale' as const, available: null, admits: false },
    ...{ price: euro(600), list_price: euro(600), variations: [] },
  };
  const group = { id: 'g1', name: 'Bar', minimum: 1, maximum: 2, included: 0 };
  const second = { ...drink, ticket_type_id: 'wine', name: 'Wine' };
  const groups = [{ ...group, add_ons: [drink, second] }];
  const { user } = open({
    offers: [offerView('Floor', 2850, { seated: true, add_on_groups: groups })],
  });
  await user.click(await screen.findByText(/^Hall: /));
  await user.click(screen.getByRole('button', { name: /^Hall, row 1, seat 1: €28.50/ }));
  const chosen = within(screen.getByRole('region', { name: 'Your seats' }));
  expect(chosen.getByRole('button', { name: 'Take these seats' })).toBeDisabled();
  await user.click(chosen.getByRole('button', { name: 'One Drink more, Hall, row 1, seat 1' }));
  expect(chosen.getByText('€34.50')).toBeVisible();
  await user.click(chosen.getByRole('button', { name: 'Take these seats' }));
  expect(await screen.findByText(/^Went to \/checkout/)).toBeVisible();
  expect(posted).toMatchObject({
    items: [{ quantity: 1, add_ons: [{ ticket_type_id: 'drink', quantity: 1 }] }],
  });
});
