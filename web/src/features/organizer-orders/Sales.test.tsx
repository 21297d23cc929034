import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { renderInArea } from '~/testing/organizer';
import { server } from '~/testing/server';
import { filtersOf, paramsOf, searchOf } from './filters';
import { Sales } from './Sales';

const row = {
  id: 'o1',
  code: 'K7QX42',
  event_id: 'e1',
  event_title: 'Night Bus',
  buyer_name: 'Noor Haddad',
  buyer_email: 'noor@example.org',
  status: 'confirmed',
  payment_status: 'paid',
  refund_status: 'none',
  total: { amount: 5700, currency: 'EUR' },
  tickets: 2,
  created_at: '2026-11-22T20:00:00Z',
};

/** The list at `path`; what it asks the server is collected. */
function open(path: string, items: unknown[] = [row], arrival?: Promise<void>) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/v1/organizers/paradiso/orders', ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      const isFirst = !query.has('cursor');
      return HttpResponse.json({
        items: isFirst ? items : [{ ...row, id: 'o2', code: 'NEXT22' }],
        has_more: isFirst && items.length > 0,
        next_cursor: isFirst && items.length > 0 ? 'c2' : null,
      });
    }),
    http.get('/api/v1/organizers/paradiso/events', () =>
      HttpResponse.json({
        items: [
          {
            id: 'e1',
            slug: 'night-bus',
            title: 'Night Bus',
            status: 'published',
            starts_at: '2027-03-13T19:00:00Z',
            timezone: 'Europe/Amsterdam',
            sold: 2,
            capacity: 100,
            city: 'Amsterdam',
          },
        ],
        has_more: false,
        next_cursor: null,
      }),
    ),
  );
  return { ...renderInArea(<Sales />, path, undefined, arrival), asked };
}

test('filters survive the way into the URL and back', () => {
  const filters = { q: 'noor', event: 'e1', status: 'confirmed' as const };
  expect(filtersOf(searchOf(filters))).toEqual(filters);
  expect(searchOf({ q: '', event: '', status: '' }).toString()).toBe('');
  expect(filtersOf(new URLSearchParams('status=nonsense')).status).toBe('');
  expect(paramsOf(filters)).toEqual({ q: 'noor', event_id: 'e1', status: 'confirmed' });
});

test('a link reproduces the list', async () => {
  const { asked } = open('/orders?q=noor&event=e1&status=confirmed');
  expect(await screen.findByRole('link', { name: 'K7QX42' })).toBeVisible();
  expect(Object.fromEntries(asked[0]!)).toMatchObject({
    q: 'noor',
    event_id: 'e1',
    status: 'confirmed',
  });
  expect(screen.getByLabelText('Search orders')).toHaveValue('noor');
});

test('what is chosen and typed goes into the URL', async () => {
  const { user, router } = open('/orders');
  await screen.findByRole('link', { name: 'K7QX42' });
  await user.selectOptions(screen.getByLabelText('Status'), 'held');
  await user.type(screen.getByLabelText('Search orders'), 'haddad');
  await waitFor(() => {
    expect(router.state.location.search).toBe('?q=haddad&status=held');
  });
});

test('what is still being typed does not call back who has followed a link', async () => {
  const arrival = new Promise<void>((arrive) => setTimeout(arrive, 500));
  const { user } = open('/orders', [row], arrival);
  const link = await screen.findByRole('link', { name: 'K7QX42' });
  await user.type(screen.getByLabelText('Search orders'), 'K7QX42');
  await user.click(link);
  expect(await screen.findByText(/^Went to/)).toBeVisible();
});

test('more orders are one press away', async () => {
  const { user, asked } = open('/orders');
  await user.click(await screen.findByRole('button', { name: 'Load more' }));
  expect(await screen.findByRole('link', { name: 'NEXT22' })).toBeVisible();
  expect(asked.at(-1)?.get('cursor')).toBe('c2');
  expect(screen.getByRole('link', { name: 'K7QX42' })).toBeVisible();
});

test('nothing found offers the way back to everything', async () => {
  open('/orders?q=nobody', []);
  expect(await screen.findByText('No order matches')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Show all orders' })).toBeVisible();
});
