import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { SplitMadeView } from '~/shared/api/generated/boxoffice.schemas';
import { confirmed, heldOrder } from '~/testing/orders';
import { renderInArea } from '~/testing/organizer';
import { server } from '~/testing/server';
import { History } from './History';

const ORDER = '/api/v1/organizers/paradiso/orders/o1';
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const went: SplitMadeView = {
  id: 's1',
  moved: 'into',
  other_order_id: 'o2',
  other_code: 'NEW-1',
  tickets: [
    { number: 2, name: 'Front' },
    { number: 3, name: 'Back' },
  ],
  total: eur(8000),
  paid: eur(8000),
  because: 'Two invoices',
  created_at: '2027-01-10T12:00:00Z',
};
const came: SplitMadeView = {
  ...went,
  id: 's0',
  moved: 'out_of',
  other_order_id: 'o0',
  other_code: 'OLD-1',
  tickets: [{ number: 4, name: 'Front' }],
  paid: eur(0),
  because: '',
};

test('splits are named on both orders, with the way to the other one', async () => {
  server.use(
    http.get(`${ORDER}/cancellations`, () => HttpResponse.json([])),
    http.get(`${ORDER}/transfers`, () => HttpResponse.json([])),
    http.get(`${ORDER}/splits`, () => HttpResponse.json([came, went])),
  );
  renderInArea(<History order={confirmed(heldOrder())} />, '/organizer/paradiso/orders/o1');
  const [first, second] = await screen.findAllByRole('listitem');
  expect(first).toHaveTextContent('Made by a split: ticket 4 (Front) came from order OLD-1');
  expect(second).toHaveTextContent(
    'Split: tickets 2 (Front) and 3 (Back) went into order NEW-1, €80.00 along with it',
  );
  expect(second).toHaveTextContent('“Two invoices”');
  expect(screen.getByRole('link', { name: 'NEW-1' })).toHaveAttribute(
    'href',
    '/organizer/paradiso/orders/o2',
  );
  expect(screen.getByRole('link', { name: 'OLD-1' })).toHaveAttribute(
    'href',
    '/organizer/paradiso/orders/o0',
  );
});
