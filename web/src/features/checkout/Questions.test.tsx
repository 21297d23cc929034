import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Question, QuestionnaireView } from '~/shared/api/generated/boxoffice.schemas';
import { confirmed, freeOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { Checkout } from './Checkout';

const ORDERS = '/api/v1/organizers/paradiso/orders';
const TOKEN = 'paradiso.o1.1.mac';
const order = { ...freeOrder(), asks: true };
let sent: unknown[] = [];

const diet: Question = { id: 'diet', label: 'Any diet?', kind: 'yes_no', required: true };
const which: Question = {
  id: 'which',
  label: 'Which one?',
  kind: 'short_text',
  required: true,
  condition: { question_id: 'diet', any_of: [true] },
};
const badge: Question = { id: 'badge', label: 'Badge', kind: 'short_text', per: 'ticket' };
const cv: Question = { id: 'cv', label: 'Your CV', kind: 'file' };

const sheet: QuestionnaireView = {
  questions: [diet, which, badge, cv],
  order_question_ids: ['diet', 'which', 'cv'],
  tickets: [{ number: 1, ticket_type_id: 'floor', name: 'Floor', question_ids: ['badge'] }],
  answers: [],
  missing: [],
  editable: true,
  editable_until: '2027-03-13T19:00:00Z',
};

function serve(answer: () => Response) {
  server.use(
    http.get('/api/v1/order-links/:token', () => HttpResponse.json(order)),
    http.put(`${ORDERS}/o1/buyer`, () => HttpResponse.json(order)),
    http.get(`${ORDERS}/o1/answers`, () => HttpResponse.json(sheet)),
    http.put(`${ORDERS}/o1/answers`, async ({ request }) => {
      sent.push(await request.json());
      return answer();
    }),
    http.post(`${ORDERS}/o1/answer-files`, () =>
      HttpResponse.json(
        { id: 'f1', name: 'ada.pdf', content_type: 'application/pdf', size: 9 },
        { status: 201 },
      ),
    ),
    http.post(`${ORDERS}/o1/confirm`, () => HttpResponse.json(confirmed(order))),
  );
}

async function open() {
  const view = renderPage(<Checkout token={TOKEN} />, '/checkout/:token', `/checkout/${TOKEN}`);
  await screen.findByRole('heading', { name: 'Questions' });
  await view.user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await view.user.type(screen.getByLabelText('Full name'), 'Ana Sousa');
  return view;
}

beforeEach(() => {
  sent = [];
  sessionStorage.clear();
});

test('a conditional question appears once its condition is met, and goes again', async () => {
  serve(() => HttpResponse.json(sheet));
  const { user } = await open();
  expect(screen.queryByLabelText('Which one?')).not.toBeInTheDocument();
  await user.selectOptions(screen.getByLabelText('Any diet?'), 'Yes');
  expect(screen.getByLabelText('Which one?')).toBeVisible();
  await user.selectOptions(screen.getByLabelText('Any diet?'), 'No');
  expect(screen.queryByLabelText('Which one?')).not.toBeInTheDocument();
});

test('what must be answered is said at its field before anything is sent', async () => {
  serve(() => HttpResponse.json(sheet));
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: /^Get/ }));
  expect(await screen.findByText('One thing is missing')).toBeVisible();
  expect(screen.getByLabelText('Any diet?')).toHaveAccessibleDescription('Answer “Any diet?”.');
  expect(sent).toEqual([]);
});

test('answers and files go to the server before the order is confirmed', async () => {
  serve(() => HttpResponse.json(sheet));
  const { user } = await open();
  await user.selectOptions(screen.getByLabelText('Any diet?'), 'Yes');
  await user.type(screen.getByLabelText('Which one?'), 'Vegan');
  await user.type(screen.getByLabelText(/^Badge/), 'Ana');
  const file = new File(['%PDF-1.7'], 'ada.pdf', { type: 'application/pdf' });
  await user.upload(screen.getByLabelText(/^Your CV/), file);
  expect(await screen.findByText('Uploaded: ada.pdf')).toBeVisible();
  await user.click(screen.getByRole('button', { name: /^Get/ }));
  expect(await screen.findByText(`Went to /orders/${TOKEN}`)).toBeInTheDocument();
  expect(sent).toEqual([
    {
      answers: [
        { question_id: 'diet', ticket: null, value: true },
        { question_id: 'which', ticket: null, value: 'Vegan' },
        { question_id: 'cv', ticket: null, value: 'f1' },
        { question_id: 'badge', ticket: 1, value: 'Ana' },
      ],
    },
  ]);
});

test('what the server refuses is shown at its field', async () => {
  const wrong = { question_id: 'badge', ticket: 1, code: 'too_long', message: 'Shorter, please.' };
  serve(() => problem(422, 'wrong_answers', 'Some answers are not right.', { answers: [wrong] }));
  const { user } = await open();
  await user.selectOptions(screen.getByLabelText('Any diet?'), 'No');
  await user.type(screen.getByLabelText(/^Badge/), 'Ana');
  await user.click(screen.getByRole('button', { name: /^Get/ }));
  expect(await screen.findAllByText('Shorter, please.')).toHaveLength(2);
  expect(screen.getByLabelText(/^Badge/)).toHaveAccessibleDescription('Shorter, please.');
});
