import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { OrderPolicy as Policy } from '~/shared/api/generated/boxoffice.schemas';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { OrderPolicy } from './OrderPolicy';

const EVENT = '/api/v1/organizers/paradiso/events/e1';

function show(save: (asked: Policy) => Response | Promise<Response>) {
  server.use(
    http.get(EVENT, () => HttpResponse.json(managedEvent())),
    http.get('/api/v1/organizers/paradiso/card-holds', () =>
      HttpResponse.json({ longest_hours: null }),
    ),
    http.get(`${EVENT}/order-policy`, () => HttpResponse.json({ transfer: { allowed: true } })),
    http.get('/api/v1/organizers/paradiso/card-holds', () =>
      HttpResponse.json({ longest_hours: null }),
    ),
    http.put(`${EVENT}/order-policy`, async ({ request }) =>
      save((await request.json()) as Policy),
    ),
  );
  renderInArea(<OrderPolicy eventId="e1" />, '/organizer/paradiso/events/e1/order-policy');
}

test('a second change while the first is on its way keeps the first', async () => {
  const asked: Policy[] = [];
  let answerFirst: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (answerFirst = resolve));
  show(async (policy) => {
    asked.push(policy);
    if (asked.length === 1) await first;
    return HttpResponse.json(policy);
  });
  await userEvent.click(await screen.findByLabelText('Buyers cancel tickets themselves'));
  await userEvent.click(screen.getByLabelText('Buyers offer tickets back at face value'));
  expect(screen.getByLabelText('Buyers cancel tickets themselves')).toBeChecked();
  expect(screen.getByLabelText('Buyers offer tickets back at face value')).toBeChecked();
  answerFirst();
  await waitFor(() => {
    expect(asked).toHaveLength(2);
  });
  expect(asked[1]?.cancellation?.allowed).toBe(true);
  expect(asked[1]?.returns?.allowed).toBe(true);
  expect(screen.getByLabelText('Buyers cancel tickets themselves')).toBeChecked();
});

test('a refused change is taken back, and said', async () => {
  show(() => problem(422, 'out_of_range', 'That is too much.'));
  await userEvent.click(await screen.findByLabelText('Buyers cancel tickets themselves'));
  expect(await screen.findByRole('alert')).toHaveTextContent('That is too much.');
  expect(screen.getByLabelText('Buyers cancel tickets themselves')).not.toBeChecked();
});
