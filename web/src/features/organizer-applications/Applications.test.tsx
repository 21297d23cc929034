import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { ApplicationRow } from '~/shared/api/generated/boxoffice.schemas';
import { renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { Applications } from './Applications';

const PATH = '/api/v1/organizers/paradiso/applications';
const ALL = ['events:read', 'orders:read', 'orders:write'];
const ana: ApplicationRow = {
  order_id: 'o1',
  order_code: 'K7QX-42',
  event_id: 'e1',
  event_title: 'Night Bus',
  state: 'waiting',
  buyer_name: 'Ana Lima',
  buyer_email: 'ana@example.org',
  tickets: [{ name: 'Residency', quantity: 2 }],
  total: { amount: 10000, currency: 'EUR' },
  message: 'Let me in',
  answers: [
    {
      question_id: 'q1',
      ticket: null,
      label: 'Why you?',
      kind: 'short_text',
      value: 'I paint',
      shown: 'I paint',
      at_check_in: false,
      file: null,
    },
  ],
  score: null,
  note: '',
  answer: '',
  sent_at: '2027-01-02T10:00:00Z',
  due_at: '2027-03-13T22:30:00Z',
  decided_at: null,
  payment_status: 'none',
};

function show(rows: ApplicationRow[], permissions = ALL) {
  const asked: string[] = [];
  server.use(
    http.get(PATH, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items: rows, has_more: false, next_cursor: null });
    }),
  );
  const path = '/organizer/paradiso/applications';
  return { ...renderInArea(<Applications />, path, permissions), asked };
}

test('it says what the card of who applies holds, until when, and what deciding does to it', async () => {
  const card = { amount: ana.total, until: '2027-01-09T10:00:00Z' };
  const { user } = show([{ ...ana, payment_status: 'authorised', card }]);
  expect(await screen.findByText(/card authorised until 9 Jan 2027/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Approve Ana Lima' }));
  expect(screen.getByText(/Their card is charged €100.00/)).toBeVisible();
});

test('the team sees who applies, for what, and what they say', async () => {
  const { user, asked } = show([ana]);
  expect(await screen.findByRole('heading', { name: 'Ana Lima' })).toBeVisible();
  expect(screen.getByText('2 × Residency · Night Bus')).toBeVisible();
  expect(screen.getByText('Let me in')).toBeVisible();
  expect(screen.getByText('I paint')).toBeVisible();
  await user.selectOptions(screen.getByLabelText('In which order'), 'The best score first');
  await waitFor(() => {
    expect(asked.at(-1)).toContain('sort=score');
  });
});

test('somebody is approved with a few words, and scored', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.put(`${PATH}/o1/assessment`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({ ...ana, score: 9 });
    }),
    http.post(`${PATH}/o1/approval`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({ id: 'o1', status: 'awaiting_payment' });
    }),
  );
  const { user } = show([ana]);
  await user.selectOptions(await screen.findByLabelText('Score of Ana Lima'), '9 of 10');
  await user.click(screen.getByRole('button', { name: 'Approve Ana Lima' }));
  const dialog = await screen.findByRole('dialog', { name: 'Approve Ana Lima?' });
  await user.type(within(dialog).getByLabelText(/A few words/), 'Welcome');
  await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
  expect(bodies).toEqual([{ score: 9, note: '' }, { message: 'Welcome' }]);
});

test('the team keeps a note of its own', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.put(`${PATH}/o1/assessment`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({ ...ana, note: 'Was here in May.' });
    }),
  );
  const { user } = show([{ ...ana, score: 4, note: 'Was here' }]);
  const note = await screen.findByLabelText(/^Note about Ana Lima/);
  expect(screen.queryByRole('button', { name: 'Save note' })).not.toBeInTheDocument();
  await user.type(note, ' in May. ');
  await user.click(screen.getByRole('button', { name: 'Save note' }));
  await waitFor(() => {
    expect(bodies).toEqual([{ score: 4, note: 'Was here in May.' }]);
  });
});

test('a denial that comes too late says why', async () => {
  const { user } = show([ana]);
  server.use(http.post(`${PATH}/o1/denial`, () => problem(410, 'application_over', 'Over.')));
  await user.click(await screen.findByRole('button', { name: 'Deny Ana Lima' }));
  const dialog = await screen.findByRole('dialog', { name: 'Deny Ana Lima?' });
  await user.click(within(dialog).getByRole('button', { name: 'Deny' }));
  expect(await within(dialog).findByRole('alert')).toBeVisible();
});

test('who may only read sees the score and no buttons', async () => {
  show([{ ...ana, score: 7, note: 'Paints' }], ['events:read', 'orders:read']);
  expect(await screen.findByText('Score 7 of 10 · Note: Paints')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

test('with nobody waiting it says so', async () => {
  show([]);
  expect(await screen.findByText('Nobody waits for your decision')).toBeVisible();
});
