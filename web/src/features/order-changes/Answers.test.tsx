import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { confirmed, heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Changes } from './Changes';

const ORDER = '/api/v1/organizers/paradiso/orders/o1';
const order = confirmed(heldOrder());
const options = {
  cancel_until: null,
  cancel_too_late: false,
  give_on_until: null,
  names_until: null,
  return_until: null,
  variations_until: null,
  tickets: [],
};

it('corrects what the organizer asked, also where nothing else can be changed', async () => {
  const badge = { id: 'badge', label: 'Badge', kind: 'short_text', required: true, per: 'ticket' };
  const answer = { question_id: 'badge', ticket: 1, label: 'Badge', kind: 'short_text' };
  const sheet = {
    questions: [badge],
    order_question_ids: [],
    tickets: [{ number: 1, ticket_type_id: 'floor', name: 'Floor', question_ids: ['badge'] }],
    answers: [{ ...answer, value: 'Ana', shown: 'Ana', at_check_in: false, file: null }],
    missing: [],
    editable: true,
    editable_until: '2027-03-13T19:00:00Z',
  };
  const sent: unknown[] = [];
  server.use(
    http.get(`${ORDER}/changes`, () => HttpResponse.json([])),
    http.get(`${ORDER}/options`, () => HttpResponse.json(options)),
    http.get(`${ORDER}/answers`, () => HttpResponse.json(sheet)),
    http.put(`${ORDER}/answers`, async ({ request }) => {
      sent.push(await request.json());
      return sent.length === 1
        ? problem(409, 'answers_closed', 'It is too late.')
        : HttpResponse.json(sheet);
    }),
  );
  const { user } = renderPage(<Changes order={{ ...order, asks: true }} />, '/', '/');
  await user.click(await screen.findByRole('button', { name: 'Correct answers' }));
  const field = screen.getByLabelText('Badge');
  await user.clear(field);
  await user.click(screen.getByRole('button', { name: 'Save answers' }));
  expect(screen.getAllByText('Answer “Badge”.')).not.toHaveLength(0);
  await user.type(field, 'Ana L.');
  await user.click(screen.getByRole('button', { name: 'Save answers' }));
  expect(await screen.findByText('It is too late.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Save answers' }));
  expect(await screen.findByRole('button', { name: 'Correct answers' })).toBeVisible();
  expect(sent[1]).toEqual({ answers: [{ question_id: 'badge', ticket: 1, value: 'Ana L.' }] });
});
