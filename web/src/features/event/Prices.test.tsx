import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { eventPage, offerView } from '~/testing/events';
import { heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Event } from './Event';

const euro = (amount: number) => ({ amount, currency: 'EUR' });

/** The page with one type at €28.50; what is posted is kept. */
function shop(
  changes: Partial<EventPage>,
  { search = '', answers }: { search?: string; answers: object },
) {
  const posted = { quotes: [] as unknown[], orders: [] as unknown[] };
  const replies = { quote: {}, order: () => HttpResponse.json(heldOrder()), ...answers };
  server.use(
    http.get('/api/v1/events/paradiso/night-bus', () =>
      HttpResponse.json(eventPage({ offers: [offerView('Floor', 2850)], ...changes })),
    ),
    http.get('/api/v1/events/paradiso/night-bus/availability', () =>
      HttpResponse.json({ occurrence_id: 'oc1', as_of: '2027-01-01T00:00:00Z', offers: [] }),
    ),
    http.post('/api/v1/organizers/paradiso/orders/quote', async ({ request }) => {
      posted.quotes.push(await request.json());
      return HttpResponse.json(replies.quote);
    }),
    http.post('/api/v1/organizers/paradiso/orders', async ({ request }) => {
      posted.orders.push(await request.json());
      return replies.order();
    }),
  );
  const url = `/e/paradiso/night-bus${search}`;
  const { user } = renderPage(<Event organizer="paradiso" slug="night-bus" />, '/e/:o/:e', url);
  return { user, posted };
}

const inBox = async (name: string) =>
  within(await screen.findByRole('region', { name: 'Tickets' })).getByRole('button', { name });

const quote = {
  total: euro(5450),
  net: euro(4580),
  tax: euro(870),
  fees: [{ name: 'Service fee', kind: 'service', price: euro(250), tax: euro(0) }],
  taxes: [],
  reductions: [{ kind: 'voucher', name: 'CREW', amount: euro(500) }],
  lines: [{ ticket_type_id: 'Floor', price: euro(5200) }],
};

it('tells what several tickets cost together, with fees, taxes and what a voucher takes off', async () => {
  const soldOut = { offers: [{ ...offerView('Floor', 2850), state: 'sold_out' as const }] };
  const { user, posted } = shop(soldOut, { search: '?voucher=CREW', answers: { quote } });
  await user.click(await screen.findByRole('button', { name: 'One Floor more' }));
  expect(
    await screen.findByText('Includes €2.50 Service fee and €8.70 taxes. €5.00 off: voucher CREW.'),
  ).toBeInTheDocument();
  expect(screen.getByText('€54.50')).toBeInTheDocument();
  expect(posted.quotes.at(-1)).toMatchObject({ voucher_codes: ['CREW'] });
});

it('asks for no quote where nothing but list prices makes the total, and tells what it showed', async () => {
  const { user, posted } = shop({}, { answers: {} });
  await user.click(await inBox('Get tickets'));
  await vi.waitFor(() => {
    expect(posted.orders).toEqual([
      expect.objectContaining({
        expected_total: 2850,
        items: [{ ticket_type_id: 'Floor', quantity: 1, expected_price: 2850 }],
      }),
    ]);
  });
  expect(posted.quotes).toEqual([]);
});

it('shows a price that has changed beside the one seen, and buys only once it is accepted', async () => {
  let refuses = true;
  const order = () =>
    refuses
      ? problem(409, 'price_changed', 'The price has changed.', {
          old_total: 5450,
          new_total: 6100,
          lines: [{ ticket_type_id: 'Floor', ticket_type_name: 'Floor', old: 5200, new: 5850 }],
        })
      : HttpResponse.json(heldOrder(), { status: 201 });
  const { user, posted } = shop({ needs_quote: true }, { answers: { quote, order } });
  expect(await screen.findByText('€54.50')).toBeVisible();
  await user.click(await inBox('Get tickets'));
  const box = screen.getByRole('region', { name: 'Tickets' });
  const panel = await screen.findByRole('alert');
  expect(within(panel).getByRole('row', { name: 'Floor €52.00 €58.50' })).toBeVisible();
  expect(posted.orders.at(-1)).toMatchObject({
    expected_total: 5450,
    items: [{ expected_price: 5200 }],
  });
  expect(within(box).queryByRole('button', { name: 'Get tickets' })).not.toBeInTheDocument();
  refuses = false;
  await user.click(within(panel).getByRole('button', { name: 'Accept €61.00' }));
  await vi.waitFor(() => {
    expect(posted.orders.at(-1)).toMatchObject({ expected_total: 6100 });
  });
});
