import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { confirmed, heldOrder } from '~/testing/orders';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Help } from './Help';

const PATH = '/api/v1/organizers/paradiso/orders/o1/conversations';
const order = confirmed(heldOrder());

it('opens a conversation about the order and shows it', async () => {
  const conversations: unknown[] = [];
  server.use(
    http.get(PATH, () => HttpResponse.json(conversations)),
    http.post(PATH, async ({ request }) => {
      const { message } = (await request.json()) as { message: string };
      expect(request.headers.get('order-token')).toBe(order.token);
      const said = {
        id: 'm',
        author: 'buyer',
        author_name: 'Ana',
        body: message,
        sent_at: '2026-11-22T20:00:00Z',
      };
      conversations.push({ id: 'c', subject: '', status: 'open', messages: [said] });
      return HttpResponse.json(conversations[0] as object, { status: 201 });
    }),
  );
  const { user } = renderPage(<Help order={order} />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Ask the organizer' }));
  await user.type(screen.getByLabelText('What is it about?'), 'Is there a cloakroom?');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText('Is there a cloakroom?')).toBeInTheDocument();
  expect(screen.getByText('Waiting for the organizer')).toBeInTheDocument();
});

it('keeps the message when it cannot be sent', async () => {
  server.use(
    http.get(PATH, () => HttpResponse.json([])),
    http.post(PATH, () => HttpResponse.error()),
  );
  const { user } = renderPage(<Help order={order} />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Ask the organizer' }));
  await user.type(screen.getByLabelText('What is it about?'), 'Hello');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await screen.findByText(/did not answer/);
  expect(screen.getByLabelText('What is it about?')).toHaveValue('Hello');
});
