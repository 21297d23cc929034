import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { ReceivedTicket } from './ReceivedTicket';

const LINK = '/api/v1/ticket-transfers/paradiso.t';
const offered = {
  organizer_slug: 'paradiso',
  organizer_name: 'Paradiso',
  event_slug: 'jazz',
  event_title: 'Jazz at noon',
  starts_at: '2027-03-14T18:00:00Z',
  ends_at: '2027-03-14T21:00:00Z',
  timezone: 'Europe/Berlin',
  venue: null,
  online_url: null,
  ticket_name: 'Balcony',
  extras: '2 Lunch',
  seat: null,
  from_name: 'Ada Lovelace',
  to_email: 'eve@example.org',
  to_name: null,
  message: 'Have fun',
  status: 'offered',
  order_code: '7KQ2M8XD',
  expires_at: '2027-03-14T18:00:00Z',
  server_time: '2027-03-01T18:00:00Z',
  given_on: false,
  cancelled: false,
  ticket: null,
  offer: null,
};
const taken = {
  ...offered,
  status: 'accepted',
  to_name: 'Eve Adams',
  ticket: { id: 't1', number: 2, status: 'valid', code: 'ABC' },
};

it('takes a ticket under one’s own name and then shows its code', async () => {
  server.use(
    http.get(LINK, () => HttpResponse.json(offered)),
    http.post(`${LINK}/accept`, async ({ request }) => {
      expect(await request.json()).toEqual({ name: 'Eve Adams' });
      return HttpResponse.json(taken);
    }),
  );
  const { user } = renderPage(<ReceivedTicket token="paradiso.t" />, '/', '/');
  expect(await screen.findByText('Have fun')).toBeInTheDocument();
  expect(screen.getByText('2 Lunch')).toBeInTheDocument();
  await user.type(screen.getByLabelText('Your name'), 'Eve Adams');
  await user.click(screen.getByRole('button', { name: 'Take the ticket' }));
  expect(await screen.findByRole('img', { name: /QR code of your ticket/ })).toBeInTheDocument();
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Your ticket');
});

it.each([
  [{ status: 'withdrawn' }, 'This offer was taken back.'],
  [{ status: 'expired' }, 'The time to take this ticket is over.'],
  [{ status: 'accepted', given_on: true }, 'You gave this ticket to somebody else.'],
  [{ cancelled: true }, 'This ticket is cancelled'],
])('says how an offer ended: %o', async (change, words) => {
  server.use(http.get(LINK, () => HttpResponse.json({ ...offered, ...change })));
  renderPage(<ReceivedTicket token="paradiso.t" />, '/', '/');
  expect(await screen.findByText(words)).toBeInTheDocument();
});
