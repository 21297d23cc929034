import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { Question } from '~/shared/api/generated/boxoffice.schemas';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { server } from '~/testing/server';
import { QuestionsPage } from './QuestionsPage';

const EVENT = '/api/v1/organizers/paradiso/events/e1';
const diet: Question = { id: 'diet', label: 'Any diet?', kind: 'yes_no', required: true };
const which: Question = {
  id: 'which',
  label: 'Which one?',
  kind: 'one_of',
  options: ['Vegan', 'Other'],
  per: 'ticket',
  condition: { question_id: 'diet', any_of: [true] },
};

function show(questions: Question[], permissions?: string[]) {
  server.use(http.get(EVENT, () => HttpResponse.json(managedEvent({ questions }))));
  const path = '/organizer/paradiso/events/e1/questions';
  return renderInArea(<QuestionsPage eventId="e1" />, path, permissions);
}

test('each question tells of whom and when it is asked', async () => {
  show([diet, which]);
  expect(await screen.findByText('Yes or no · once per order · required')).toBeVisible();
  expect(screen.getByText('One of several · each ticket · if “Any diet?” is Yes')).toBeVisible();
});

test('a question is added that depends on the answer to another', async () => {
  const { user } = show([diet]);
  let sent: unknown;
  server.use(
    http.post(`${EVENT}/questions`, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(managedEvent({ questions: [diet, which] }), { status: 201 });
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'New question' }));
  const form = within(screen.getByRole('form', { name: 'New question' }));
  await user.click(form.getByRole('button', { name: 'Add question' }));
  expect(await form.findByText('One thing is missing')).toBeVisible();
  await user.type(form.getByLabelText('Question'), 'Which one?');
  await user.selectOptions(form.getByLabelText('Kind of answer'), 'One of several');
  await user.type(form.getByLabelText(/^Options/), 'Vegan{enter}Other');
  await user.selectOptions(form.getByLabelText('Only if'), 'Any diet?');
  await user.click(form.getByRole('button', { name: 'Add question' }));
  expect(await screen.findByRole('button', { name: 'New question' })).toBeVisible();
  expect(sent).toMatchObject({
    label: 'Which one?',
    kind: 'one_of',
    options: ['Vegan', 'Other'],
    condition: { question_id: 'diet', any_of: [true] },
  });
});

test('without the permission the page says who can give it', async () => {
  show([], ['events:read']);
  expect(await screen.findByText(/role/i)).toBeVisible();
});
