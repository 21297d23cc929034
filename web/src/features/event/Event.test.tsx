import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { CART_KEY } from '~/shared/state/cart';
import { eventPage, offerView } from '~/testing/events';
import { heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Event } from './Event';

const page = eventPage({
  title: '</script><b>Night Bus',
  offers: [offerView('Floor', 2850), offerView('Balcony', 3900)],
});

function open(answer: () => Response | Promise<Response>, search = '') {
  server.use(
    http.get('/api/v1/events/paradiso/night-bus', answer),
    http.get('/api/v1/events/paradiso/night-bus/availability', () =>
      HttpResponse.json({ occurrence_id: 'oc1', as_of: '2027-01-01T00:00:00Z', offers: [] }),
    ),
  );
  return renderPage(
    <Event organizer="paradiso" slug="night-bus" />,
    '/e/:o/:e',
    `/e/paradiso/night-bus${search}`,
  );
}

it('shows a title full of markup as the text it is, and names the tab', async () => {
  open(() => HttpResponse.json(page));
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
    '</script><b>Night Bus',
  );
  expect(document.title).toBe('</script><b>Night Bus · Sat 13 Mar 2027 · Boxoffice');
});

it('holds the chosen tickets and goes to their checkout', async () => {
  const { user } = open(() => HttpResponse.json(page));
  let body: unknown;
  server.use(
    http.post('/api/v1/organizers/paradiso/orders', async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(heldOrder(), { status: 201 });
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'One Floor more' }));
  await user.click(screen.getByRole('button', { name: 'One Floor more' }));
  expect(screen.getByText('€57.00')).toBeInTheDocument();
  const [get] = screen.getAllByRole('button', { name: 'Get tickets' });
  await user.click(get!);
  expect(await screen.findByText('Went to /checkout/paradiso.o1.1.mac')).toBeInTheDocument();
  expect(body).toEqual({
    event_id: 'e1',
    occurrence_id: 'oc1',
    items: [{ ticket_type_id: 'Floor', quantity: 2, expected_price: 5700 }],
    expected_total: 5700,
  });
  expect(window.localStorage.getItem(CART_KEY)).toContain('paradiso.o1.1.mac');
});

it('sells tickets for several dates in one order, the earliest first', async () => {
  const date = (id: string, day: string) => ({
    id,
    starts_at: `${day}T19:00:00Z`,
    ends_at: `${day}T22:30:00Z`,
    doors_at: null,
  });
  const dates = [date('oc1', '2027-03-13'), date('oc2', '2027-03-20')];
  const { user } = open(() => HttpResponse.json({ ...page, occurrences: dates }), '?date=oc2');
  let body: unknown;
  server.use(
    http.get('/api/v1/events/paradiso/night-bus/calendar', () => HttpResponse.error()),
    http.post('/api/v1/organizers/paradiso/orders', async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(heldOrder(), { status: 201 });
    }),
  );
  const more = await screen.findByRole('button', { name: 'One Floor more' });
  expect(screen.queryByRole('button', { name: 'Add another date' })).not.toBeInTheDocument();
  await user.click(more);
  await user.click(more);
  await user.click(screen.getByRole('button', { name: 'Add another date' }));
  const others = screen.getByRole('region', { name: 'Other dates in this order' });
  expect(others).toHaveTextContent('Sat 20 Mar 2027, 20:00–23:30');
  expect(others).toHaveTextContent('2 × Floor');
  await user.click(screen.getByRole('radio', { name: /^Sat 13 Mar/ }));
  await user.click(screen.getByRole('button', { name: 'One Balcony more' }));
  expect(screen.getByText('€96.00')).toBeInTheDocument();
  const [get] = screen.getAllByRole('button', { name: 'Get tickets' });
  await user.click(get!);
  await vi.waitFor(() => {
    expect(body).toMatchObject({
      items: [
        { ticket_type_id: 'Balcony', quantity: 1, occurrence_id: 'oc1' },
        { ticket_type_id: 'Floor', quantity: 2, occurrence_id: 'oc2' },
      ],
      expected_total: 9600,
    });
  });
  expect(window.sessionStorage).toHaveLength(0);
});

it('asks to choose before anything is held', async () => {
  const { user } = open(() => HttpResponse.json(page));
  const [get] = await screen.findAllByRole('button', { name: 'Get tickets' });
  await user.click(get!);
  expect(await screen.findByText('Choose at least one ticket first.')).toBeInTheDocument();
});

it('says why tickets cannot be had', async () => {
  const { user } = open(() => HttpResponse.json({ ...page, offers: [offerView('Floor', 0)] }));
  server.use(
    http.post('/api/v1/organizers/paradiso/orders', () =>
      problem(409, 'sold_out', 'Only 1 is left; choose fewer.'),
    ),
  );
  const [get] = await screen.findAllByRole('button', { name: 'Get free tickets' });
  await user.click(get!);
  expect(await screen.findByText('Only 1 is left; choose fewer.')).toBeInTheDocument();
});

it('tells an unknown event from one that was taken down', async () => {
  open(() => problem(404, 'event_not_found', 'Nothing.'));
  expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeInTheDocument();
});

it('says that an event was taken down', async () => {
  open(() => problem(410, 'event_unpublished', 'Gone.'));
  expect(
    await screen.findByRole('heading', { name: 'This page has been taken down' }),
  ).toBeInTheDocument();
});

it('sells one variation at the amount that the buyer chose, with the code from the link', async () => {
  const bodies: unknown[] = [];
  const varied = {
    ...offerView('Friends', 500),
    pricing: 'open' as const,
    variations: [
      {
        variation_id: 'child',
        name: 'Child',
        price: { amount: 200, currency: 'EUR' },
        state: 'on_sale' as const,
        available: null,
      },
    ],
  };
  server.use(
    http.get('/api/v1/events/paradiso/night-bus', () =>
      HttpResponse.json({ ...page, takes_code: true }),
    ),
    http.get('/api/v1/events/paradiso/night-bus/availability', () =>
      HttpResponse.json({ occurrence_id: 'oc1', as_of: '2027-01-01T00:00:00Z', offers: [] }),
    ),
    http.get('/api/v1/events/paradiso/night-bus/hidden-offers', ({ request }) =>
      new URL(request.url).searchParams.get('code') === 'friends'
        ? HttpResponse.json({ occurrence_id: 'oc1', offers: [varied], categories: [] })
        : problem(404, 'unknown_access_code', 'This code reveals no tickets.'),
    ),
    http.post('/api/v1/organizers/paradiso/orders', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(heldOrder(), { status: 201 });
    }),
  );
  const { user } = renderPage(
    <Event organizer="paradiso" slug="night-bus" />,
    '/e/:o/:e',
    '/e/paradiso/night-bus?code=friend',
  );
  expect(await screen.findByText('This code reveals no tickets.')).toBeVisible();
  await user.type(screen.getByRole('textbox', { name: 'Code' }), 's{Enter}');
  await user.click(await screen.findByRole('button', { name: 'One Friends · Child more' }));
  const amount = screen.getByRole('textbox', { name: 'You give, in EUR: Friends · Child' });
  await user.clear(amount);
  await user.type(amount, '1');
  await user.keyboard('{Enter}');
  expect(await screen.findByText('Give at least €2.00 for Friends · Child.')).toBeVisible();
  expect(amount).toHaveFocus();
  await user.type(amount, '0');
  await user.keyboard('{Enter}');
  await vi.waitFor(() => {
    expect(bodies).toEqual([
      expect.objectContaining({
        access_code: 'friends',
        items: [expect.objectContaining({ variation_id: 'child', quantity: 1, price: 1000 })],
        expected_total: 1000,
      }),
    ]);
  });
});
