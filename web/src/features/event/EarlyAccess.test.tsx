import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { eventPage, offerView } from '~/testing/events';
import { earlyRegistration, presaleView } from '~/testing/presale';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Event } from './Event';

const EVENT = '/api/v1/events/paradiso/night-bus';
const offers = [
  offerView('floor', 2850, {
    name: 'Floor',
    state: 'not_yet',
    sales_start: '2027-03-20T09:00:00Z',
  }),
];

function show(presale = presaleView(), search = '') {
  const page = eventPage({ offers, presale });
  const availability = { occurrence_id: 'oc1', as_of: '2027-03-13T10:00:00Z', offers: [] };
  server.use(
    http.get(EVENT, () => HttpResponse.json(page)),
    http.get(`${EVENT}/availability`, () => HttpResponse.json(availability)),
    http.get('/api/v1/presale-links/paradiso.r1.1.mac', () =>
      HttpResponse.json(earlyRegistration()),
    ),
  );
  const path = '/e/paradiso/night-bus';
  return renderPage(<Event organizer="paradiso" slug="night-bus" />, path, `${path}${search}`);
}

test('an event that gives early access leads to the registration, with its dates', async () => {
  show();
  expect(await screen.findByRole('link', { name: 'Register for early access' })).toHaveAttribute(
    'href',
    '/e/paradiso/night-bus/early-access',
  );
  expect(screen.getByText(/Register until Fri 12 Mar 2027, 18:00/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Get tickets' })).not.toBeInTheDocument();
});

test('before and after, the page says when, or what happens now', async () => {
  show(presaleView({ state: 'not_yet' }));
  expect(await screen.findByText(/opens Mon 1 Mar 2027, 10:00/)).toBeVisible();
});

test('whoever has early access buys with it', async () => {
  let body: unknown;
  server.use(
    http.post('/api/v1/organizers/paradiso/orders', async ({ request }) => {
      body = await request.json();
      return HttpResponse.error();
    }),
  );
  const { user } = show(presaleView({ state: 'drawn' }), '?early=paradiso.r1.1.mac');
  expect(await screen.findByText('You have early access')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'One Floor more' }));
  const box = screen.getByRole('region', { name: 'Tickets' });
  await user.click(within(box).getByRole('button', { name: 'Get tickets' }));
  await screen.findByRole('alert');
  expect(body).toMatchObject({
    voucher_codes: ['7QZK-M2XV-9RTB'],
    items: [{ ticket_type_id: 'floor', quantity: 1 }],
  });
});
