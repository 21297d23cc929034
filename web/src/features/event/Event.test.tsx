import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { CART_KEY } from '~/shared/state/cart';
import { heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Event } from './Event';

const offer = (id: string, amount: number) => ({
  ticket_type_id: id,
  name: id,
  description: '',
  price: { amount, currency: 'EUR' },
  list_price: { amount, currency: 'EUR' },
  fees: [],
  tax: { amount: 0, currency: 'EUR' },
  min_per_order: 1,
  max_per_order: 6,
  state: 'on_sale' as const,
  available: null,
  sales_start: null,
  sales_end: null,
});

const page: EventPage = {
  id: 'e1',
  organizer: {
    id: 'org',
    slug: 'paradiso',
    name: 'Paradiso',
    description: '',
    contact_email: null,
  },
  slug: 'night-bus',
  title: '</script><b>Night Bus',
  summary: '',
  description: 'Twelve musicians.',
  category: 'music',
  status: 'published',
  timezone: 'Europe/Amsterdam',
  format: 'in_person',
  venue: { name: 'Paradiso', address: null, city: 'Amsterdam', country: null },
  online_url_hint: false,
  website: null,
  cover: null,
  occurrences: [
    {
      id: 'oc1',
      starts_at: '2027-03-13T19:00:00Z',
      ends_at: '2027-03-13T22:30:00Z',
      doors_at: null,
    },
  ],
  offers: [offer('Floor', 2850), offer('Balcony', 3900)],
  needs_quote: false,
};

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
    items: [{ ticket_type_id: 'Floor', quantity: 2 }],
  });
  expect(window.localStorage.getItem(CART_KEY)).toContain('paradiso.o1.1.mac');
});

it('asks to choose before anything is held', async () => {
  const { user } = open(() => HttpResponse.json(page));
  const [get] = await screen.findAllByRole('button', { name: 'Get tickets' });
  await user.click(get!);
  expect(await screen.findByText('Choose at least one ticket first.')).toBeInTheDocument();
});

it('says why tickets cannot be had', async () => {
  const { user } = open(() => HttpResponse.json({ ...page, offers: [offer('Floor', 0)] }));
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

it('tells what several tickets cost together, with fees, taxes and what a voucher takes off', async () => {
  const asked: unknown[] = [];
  const euro = (amount: number) => ({ amount, currency: 'EUR' });
  server.use(
    http.post('/api/v1/organizers/paradiso/orders/quote', async ({ request }) => {
      asked.push(await request.json());
      const fee = { name: 'Service fee', kind: 'service', price: euro(250), tax: euro(0) };
      return HttpResponse.json({
        total: euro(5450),
        net: euro(4580),
        tax: euro(870),
        fees: [fee],
        taxes: [],
        reductions: [{ kind: 'voucher', name: 'CREW', amount: euro(500) }],
        lines: [],
      });
    }),
  );
  const soldOut = { ...page, offers: [{ ...offer('Floor', 2850), state: 'sold_out' as const }] };
  const { user } = open(() => HttpResponse.json(soldOut), '?voucher=CREW');
  await user.click(await screen.findByRole('button', { name: 'One Floor more' }));
  expect(
    await screen.findByText('Includes €2.50 Service fee and €8.70 taxes. €5.00 off: voucher CREW.'),
  ).toBeInTheDocument();
  expect(screen.getByText('€54.50')).toBeInTheDocument();
  expect(asked.at(-1)).toMatchObject({ voucher_codes: ['CREW'] });
});
