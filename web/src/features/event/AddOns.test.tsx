import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { eventPage, offerView } from '~/testing/events';
import { heldOrder } from '~/testing/orders';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Event } from './Event';

it('sells what comes with each ticket, and says what is missing', async () => {
  const addOn = (id: string, amount: number) => ({
    ticket_type_id: id,
    name: id,
    description: '',
    price: { amount, currency: 'EUR' },
    list_price: { amount, currency: 'EUR' },
    state: 'on_sale' as const,
    available: null,
    pricing: 'fixed' as const,
    admits: true,
    variations: [],
  });
  const meals = { id: 'g1', name: 'Meals', minimum: 1, maximum: 2, included: 0 };
  const shop = { id: 'g2', name: 'Shop', minimum: 0, maximum: 1, included: 0 };
  const groups = [
    { ...meals, add_ons: [addOn('Lunch', 1500), addOn('Dinner', 3000)] },
    { ...shop, add_ons: [addOn('Mug', 900), addOn('Bag', 700)] },
  ];
  let body: unknown;
  server.use(
    http.get('/api/v1/events/paradiso/night-bus', () =>
      HttpResponse.json(eventPage({ offers: [offerView('Day', 5000, { add_on_groups: groups })] })),
    ),
    http.get('/api/v1/events/paradiso/night-bus/availability', () =>
      HttpResponse.json({ occurrence_id: 'oc1', as_of: '2027-01-01T00:00:00Z', offers: [] }),
    ),
    http.post('/api/v1/organizers/paradiso/orders', async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(heldOrder(), { status: 201 });
    }),
  );
  const { user } = renderPage(
    <Event organizer="paradiso" slug="night-bus" />,
    '/e/:o/:e',
    '/e/paradiso/night-bus',
  );
  const [get] = await screen.findAllByRole('button', { name: 'Get tickets' });
  await user.click(get!);
  expect(
    await screen.findByText('Choose at least one of Meals with each Day.'),
  ).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'One Lunch more' }));
  await user.click(screen.getByRole('checkbox', { name: 'Mug' }));
  await user.click(screen.getByRole('checkbox', { name: 'Bag' }));
  await user.click(screen.getByRole('button', { name: 'One Day more' }));
  await user.click(screen.getByRole('button', { name: 'One Dinner more, ticket 2 of 2' }));
  await user.click(get!);
  expect(await screen.findByText('Went to /checkout/paradiso.o1.1.mac')).toBeInTheDocument();
  const bag = { ticket_type_id: 'Bag', quantity: 1 };
  expect(body).toMatchObject({
    items: [
      { quantity: 1, add_ons: [{ ticket_type_id: 'Lunch', quantity: 1 }, bag] },
      {
        quantity: 1,
        add_ons: [
          { ticket_type_id: 'Lunch', quantity: 1 },
          { ticket_type_id: 'Dinner', quantity: 1 },
          bag,
        ],
      },
    ],
    expected_total: 5000 + 1500 + 700 + 5000 + 1500 + 3000 + 700,
  });
});
