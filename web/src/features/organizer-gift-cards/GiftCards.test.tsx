import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { GiftCardView } from '~/shared/api/generated/boxoffice.schemas';
import { renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { GiftCards } from './GiftCards';

const CARDS = '/api/v1/organizers/paradiso/gift-cards';
const PATH = '/organizer/paradiso/gift-cards';
const euros = (amount: number) => ({ amount, currency: 'EUR' });
const raffle: GiftCardView = {
  id: 'g1',
  code_end: '9RTB',
  status: 'active',
  value: euros(5000),
  balance: euros(3800),
  note: 'raffle',
  for_tests: false,
  expires_at: null,
  reference: null,
  created_at: '2026-11-22T20:00:00Z',
};

function show(cards: GiftCardView[], permissions?: string[]) {
  server.use(
    http.get(CARDS, () => HttpResponse.json({ items: cards, has_more: false, next_cursor: null })),
    http.get(`${CARDS}/outstanding`, () =>
      HttpResponse.json(cards.map(({ balance }) => ({ amount: balance, cards: 1 }))),
    ),
  );
  return renderInArea(<GiftCards />, PATH, permissions);
}

test('a card is issued once and its code is shown', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(CARDS, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ card: raffle, code: '7QZK-M2XV-0000-9RTB' }, { status: 201 });
    }),
  );
  const { user } = show([]);
  await user.click(screen.getByRole('button', { name: 'New gift card' }));
  await user.click(screen.getByRole('button', { name: 'Issue gift card' }));
  expect((await screen.findAllByText('Give an amount such as 50.')).length).toBeGreaterThan(0);
  await user.type(screen.getByLabelText('Value'), '50');
  await user.type(screen.getByLabelText(/Note for your team/), 'raffle');
  await user.click(screen.getByRole('button', { name: 'Issue gift card' }));
  expect(await screen.findByText('7QZK-M2XV-0000-9RTB')).toBeVisible();
  expect(sent).toEqual([
    { value: euros(5000), expires_at: null, note: 'raffle', for_tests: false },
  ]);
});

test('a card shows what happened to its money, and is adjusted with a reason', async () => {
  const sent: unknown[] = [];
  const entry = { reference: null, because: '', created_at: raffle.created_at };
  const moved = { ...entry, id: 'n2', kind: 'spent', reference: 'o1' };
  server.use(
    http.get(`${CARDS}/g1`, () =>
      HttpResponse.json({
        card: raffle,
        entries: [
          { ...moved, amount: euros(-1200), balance: euros(3800) },
          { ...entry, id: 'n1', kind: 'issued', amount: euros(5000), balance: euros(5000) },
        ],
      }),
    ),
    http.post(`${CARDS}/g1/adjust`, async ({ request }) => {
      sent.push(await request.json());
      return problem(409, 'gift_card_too_low', 'No more can be taken off than is left on it.');
    }),
  );
  const { user } = show([raffle]);
  await user.click(await screen.findByRole('button', { name: 'Movements of …9RTB' }));
  const list = await screen.findByRole('list', { name: 'Movements of …9RTB, newest first' });
  expect(within(list).getAllByRole('listitem')[0]).toHaveTextContent('Paid for an order');
  expect(within(list).getByRole('link', { name: 'order' })).toHaveAttribute(
    'href',
    '/organizer/paradiso/orders/o1',
  );
  await user.click(screen.getByRole('button', { name: 'Adjust or void …9RTB' }));
  await user.selectOptions(screen.getByLabelText('What to do'), 'take');
  await user.type(screen.getByLabelText('Amount in €'), '40');
  await user.type(screen.getByLabelText('Why'), 'A complaint');
  await user.click(screen.getByRole('button', { name: 'Change the balance' }));
  expect(await screen.findByText(/No more can be taken off/)).toBeVisible();
  expect(sent).toEqual([{ amount: -4000, because: 'A complaint' }]);
});

test('the note of a card is changed, and its end set', async () => {
  const sent: unknown[] = [];
  server.use(
    http.patch(`${CARDS}/g1`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ card: raffle, entries: [] });
    }),
  );
  const { user } = show([raffle]);
  await user.click(await screen.findByRole('button', { name: 'Note and end of …9RTB' }));
  const form = screen.getByRole('form', { name: 'Note and end of gift card …9RTB' });
  await user.clear(within(form).getByLabelText(/Note for your team/));
  await user.type(within(form).getByLabelText(/Note for your team/), 'Won by Ana');
  await user.click(within(form).getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(sent).toEqual([{ note: 'Won by Ana' }]);
  });
  await user.click(await screen.findByRole('button', { name: 'Note and end of …9RTB' }));
  await user.type(screen.getByLabelText(/Can be spent until/), '2027-06-30');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(sent[1]).toEqual({
      note: 'raffle',
      expires_at: new Date('2027-06-30T23:59:59').toISOString(),
    });
  });
});

test('who may only read orders sees cards and nothing to change them with', async () => {
  show([raffle], ['events:read', 'orders:read']);
  expect(await screen.findByText('You owe €38.00 on 1 card')).toBeVisible();
  expect(await screen.findByText('…9RTB')).toBeVisible();
  expect(screen.queryByRole('button', { name: /New gift card|Show code|Adjust/ })).toBeNull();
});
