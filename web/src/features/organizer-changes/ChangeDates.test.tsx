import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { server } from '~/testing/server';
import { ChangeDates } from './ChangeDates';

const EVENT = '/api/v1/organizers/paradiso/events/e1';
const euros = (amount: number) => ({ amount, currency: 'EUR' });
const later = { id: 'oc2', starts_at: '2097-03-20T19:00:00Z', ends_at: '2097-03-20T22:00:00Z' };
const event = managedEvent({
  status: 'published',
  occurrences: [
    {
      ...later,
      id: 'oc1',
      starts_at: '2097-03-13T19:00:00Z',
      ends_at: '2097-03-13T22:00:00Z',
      doors_at: null,
    },
    { ...later, doors_at: null },
  ],
});
const change = {
  id: 'c1',
  event_id: 'e1',
  kind: 'cancel',
  status: 'done',
  occurrence_ids: ['oc2'],
  whole_event: false,
  refund: 'keep_fee',
  keep_percent: 10,
  keep_per_ticket: euros(0),
  message: '',
  orders: 3,
  done: 3,
  tickets: 5,
  refunds: 2,
  refunds_done: 1,
  refunds_failed: 1,
  refunded: euros(4500),
  started_at: '2097-01-01T10:00:00Z',
  finished_at: '2097-01-01T10:01:00Z',
};

function show(path: string, changes: unknown[] = [], permissions?: string[]) {
  server.use(
    http.get(EVENT, () => HttpResponse.json(event)),
    http.get(`${EVENT}/date-changes`, () => HttpResponse.json(changes)),
  );
  return renderInArea(<ChangeDates eventId="e1" />, path, permissions);
}

test('a date is cancelled only after a dry run has said what would happen', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${EVENT}/cancellations/preview`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({
        occurrence_ids: ['oc2'],
        orders: 3,
        tickets: 5,
        admitted: 0,
        open_orders: 1,
        paid: euros(5000),
        refund: euros(4500),
        kept: euros(500),
        mails: 3,
        gift_cards: 2,
        credit: euros(4400),
        paid_by_test_cards: euros(0),
        refund_to_gift_cards: euros(0),
        refund_to_test_cards: euros(100),
      });
    }),
    http.post(`${EVENT}/cancellations`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(change, { status: 202 });
    }),
  );
  const { user } = show('/organizer/paradiso/events/e1/change?date=oc2');
  await user.click(await screen.findByRole('radio', { name: 'Cancel' }));
  expect(screen.queryByRole('button', { name: 'Cancel for good' })).not.toBeInTheDocument();
  await user.selectOptions(screen.getByLabelText('Buyers get back'), 'keep_fee');
  await user.selectOptions(screen.getByLabelText('It goes back'), 'gift_card');
  await user.click(screen.getByRole('button', { name: 'Show what would happen' }));
  expect(await screen.findByText('€45.00')).toBeVisible();
  expect(screen.getByText('Of it on 2 gift cards')).toBeVisible();
  expect(screen.getByText('Of it to cards for tests, which is no money')).toBeVisible();
  expect(screen.queryByText('Of it to the gift cards that paid it')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Cancel for good' }));
  expect(await screen.findByRole('button', { name: 'Show what would happen' })).toBeVisible();
  const body = {
    occurrence_ids: ['oc2'],
    refund: 'keep_fee',
    refund_as: 'gift_card',
    keep_percent: 10,
    keep_per_ticket: 0,
    message: '',
  };
  expect(sent).toEqual([body, body]);
});

test('a change of mind asks for the dry run again', async () => {
  server.use(
    http.post(`${EVENT}/cancellations/preview`, () =>
      HttpResponse.json({
        occurrence_ids: ['oc1'],
        orders: 0,
        tickets: 0,
        admitted: 0,
        open_orders: 0,
        paid: euros(0),
        refund: euros(0),
        kept: euros(0),
        mails: 0,
        gift_cards: 0,
        credit: euros(0),
        paid_by_test_cards: euros(0),
        refund_to_gift_cards: euros(0),
        refund_to_test_cards: euros(0),
      }),
    ),
  );
  const { user } = show('/organizer/paradiso/events/e1/change');
  await user.click(await screen.findByRole('radio', { name: 'Cancel' }));
  await user.click(screen.getByRole('button', { name: 'Show what would happen' }));
  await screen.findByRole('button', { name: 'Cancel for good' });
  await user.selectOptions(screen.getByLabelText('Which date'), '');
  expect(screen.queryByRole('button', { name: 'Cancel for good' })).not.toBeInTheDocument();
});

test('the whole event is postponed by naming no date', async () => {
  let body: unknown;
  server.use(
    http.post(`${EVENT}/postponements`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({ ...change, kind: 'postpone' }, { status: 202 });
    }),
  );
  const { user } = show('/organizer/paradiso/events/e1/change');
  await user.selectOptions(await screen.findByLabelText('Which date'), '');
  expect(screen.getByLabelText('The first of them starts')).toHaveValue('2097-03-13T20:00');
  await user.click(screen.getByRole('button', { name: 'Postpone and tell everybody' }));
  await expect.poll(() => body).toEqual({ starts_at: '2097-03-13T20:00', message: '' });
});

test('what was decided tells how far it is, and which refunds need a person', async () => {
  show('/organizer/paradiso/events/e1/change', [change]);
  expect(await screen.findByText(/^3 of 3 orders/)).toHaveTextContent('1 of 2 refunds, €45.00');
  expect(screen.getByText(/could not be paid back/)).toBeVisible();
});

test('who may not change orders is told who may', async () => {
  show('/organizer/paradiso/events/e1/change', [], ['events:read', 'events:write']);
  expect(await screen.findByText(/owner, manager or finance/)).toBeVisible();
});
