import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { EventCard } from '~/shared/api/generated/boxoffice.schemas';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Discover } from './Discover';

const card: EventCard = {
  organizer_slug: 'paradiso',
  organizer_name: 'Paradiso',
  slug: 'jazz',
  title: 'Jazz',
  summary: '',
  category: 'music',
  starts_at: '2026-12-05T20:00:00Z',
  ends_at: '2026-12-06T00:00:00Z',
  timezone: 'Europe/Amsterdam',
  format: 'in_person',
  city: 'Amsterdam',
  country: null,
  venue_name: 'Paradiso',
  cover: null,
  price_from: { amount: 1250, currency: 'EUR' },
  is_free: false,
  availability: 'few',
};
const view = (items: EventCard[], next: string | null = null) => ({
  items,
  has_more: next !== null,
  next_cursor: next,
  total: items.length,
  cities: [{ value: 'Amsterdam', count: 1 }],
  categories: [],
});

it('shows when, where and for how much, and leads to the event', async () => {
  server.use(http.get('/api/v1/events', () => HttpResponse.json(view([card]))));
  renderPage(<Discover />, '/', '/');
  const item = await screen.findByRole('listitem');
  expect(within(item).getByRole('link', { name: 'Jazz' })).toHaveAttribute(
    'href',
    '/e/paradiso/jazz',
  );
  expect(item).toHaveTextContent('Sat 5 Dec 2026, 21:00');
  expect(item).toHaveTextContent('from €12.50');
  expect(item).toHaveTextContent('Last tickets');
  expect(screen.getByText('1 event found')).toBeInTheDocument();
});

it('puts the search into the address and asks the server for it', async () => {
  const asked: string[] = [];
  server.use(
    http.get('/api/v1/events', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(view([card]));
    }),
  );
  const { user, router } = renderPage(<Discover />, '/', '/');
  await screen.findByRole('listitem');
  await user.selectOptions(screen.getByLabelText('City'), 'Amsterdam');
  expect(router.state.location.search).toBe('?city=Amsterdam');
  await user.type(screen.getByRole('searchbox'), 'jazz{Enter}');
  expect(router.state.location.search).toBe('?q=jazz&city=Amsterdam');
  await screen.findByRole('listitem');
  expect(asked.at(-1)).toBe('?limit=24&q=jazz&city=Amsterdam');
});

it('helps when nothing is found', async () => {
  server.use(http.get('/api/v1/events', () => HttpResponse.json(view([]))));
  renderPage(<Discover />, '/', '/?q=zzz');
  expect(await screen.findByRole('link', { name: 'without “zzz”' })).toBeInTheDocument();
});

it('loads more on demand', async () => {
  server.use(
    http.get('/api/v1/events', ({ request }) =>
      new URL(request.url).searchParams.has('cursor')
        ? HttpResponse.json(view([{ ...card, slug: 'more', title: 'More' }]))
        : HttpResponse.json(view([card], 'next')),
    ),
  );
  const { user } = renderPage(<Discover />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('link', { name: 'More' })).toBeInTheDocument();
});

it('explains a refusal and tries again on request', async () => {
  server.use(
    http.get('/api/v1/events', () =>
      problem(429, 'rate_limited', 'Too many requests; wait a little.'),
    ),
  );
  const { user } = renderPage(<Discover />, '/', '/');
  await screen.findByText('Too many requests; wait a little.');
  server.use(http.get('/api/v1/events', () => HttpResponse.json(view([card]))));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Jazz' })).toBeInTheDocument();
});
