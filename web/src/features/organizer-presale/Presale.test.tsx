import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type {
  PresaleSettingsView,
  RegistrationRow,
} from '~/shared/api/generated/boxoffice.schemas';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { presaleSettings } from '~/testing/presale';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { Presale } from './Presale';

const EVENT = '/api/v1/organizers/paradiso/events/e1';
const ALL = ['events:read', 'events:write', 'orders:read', 'orders:write'];
const ana: RegistrationRow = {
  id: 'r1',
  name: 'Ana Lima',
  email: 'ana@example.org',
  quantity: 2,
  state: 'registered',
  used: 0,
  registered_at: '2027-03-02T10:00:00Z',
};

function show(presale: PresaleSettingsView | null, rows: RegistrationRow[] = [], may = ALL) {
  const counts = {
    registered: rows.length,
    confirmed: rows.length,
    units: 2 * rows.length,
    drawn: 1,
    drawn_units: 2,
    bought: 1,
  };
  server.use(
    http.get(EVENT, () => HttpResponse.json(managedEvent({ presale, status: 'published' }))),
    http.get(`${EVENT}/presale/registrations`, () =>
      HttpResponse.json({
        registrations: { items: rows, has_more: false, next_cursor: null },
        counts,
      }),
    ),
  );
  return renderInArea(<Presale eventId="e1" />, '/organizer/paradiso/events/e1/early-access', may);
}

test('early access is set up in the event’s own time', async () => {
  let body: unknown;
  server.use(
    http.put(`${EVENT}/presale`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(managedEvent({ presale: presaleSettings(), status: 'published' }));
    }),
  );
  const { user } = show(null);
  await user.click(await screen.findByRole('button', { name: 'Give early access' }));
  for (const [label, clock] of [
    ['Registration opens', '2027-03-01T10:00'],
    ['Registration closes', '2027-03-12T18:00'],
    ['Early access begins', '2027-03-13T10:00'],
  ] as const) {
    await user.clear(screen.getByLabelText(label));
    await user.type(screen.getByLabelText(label), clock);
  }
  await user.type(screen.getByLabelText(/Tickets altogether/), '40');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Open')).toBeVisible();
  expect(screen.getByText('40 tickets, drawn by lot')).toBeVisible();
  expect(body).toEqual({
    opens_at: '2027-03-01T09:00:00.000Z',
    closes_at: '2027-03-12T17:00:00.000Z',
    window_starts_at: '2027-03-13T09:00:00.000Z',
    window_minutes: 1440,
    mode: 'draw',
    max_tickets: 2,
    total_tickets: 40,
    ticket_type_ids: [],
  });
});

test('what the server refuses stands beside its field', async () => {
  const { user } = show(presaleSettings());
  server.use(
    http.put(`${EVENT}/presale`, () =>
      problem(422, 'invalid', 'Some fields are not right.', {
        errors: [{ pointer: '/closes_at', code: 'end_before_start', message: 'Closes later.' }],
      }),
    ),
  );
  await user.click(await screen.findByRole('button', { name: 'Change' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Closes later.')).toBeVisible();
});

test('the team sees who has registered, gives early access now, and removes somebody', async () => {
  const { user } = show(presaleSettings(), [ana]);
  expect(
    await screen.findByText('1 person has registered, 1 confirmed for 2 tickets.'),
  ).toBeVisible();
  const done: string[] = [];
  server.use(
    http.post(`${EVENT}/presale/draw`, () => {
      done.push('drawn');
      return HttpResponse.json({});
    }),
    http.post(`${EVENT}/presale/registrations/r1/remove`, () => {
      done.push('removed');
      return HttpResponse.json({ ...ana, state: 'removed' });
    }),
  );
  await user.click(screen.getByRole('button', { name: 'Close and give it now' }));
  await user.click(await screen.findByRole('button', { name: 'Close registration and give it' }));
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
  await user.click(screen.getByRole('button', { name: 'Remove Ana Lima' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remove Ana Lima?' });
  await user.click(within(dialog).getByRole('button', { name: 'Remove' }));
  await waitFor(() => {
    expect(done).toEqual(['drawn', 'removed']);
  });
});

test('what is given can be read and not changed', async () => {
  const drawn = { state: 'drawn' as const, drawn_at: '2027-03-12T17:00:00Z', seed: '5eed' };
  show(presaleSettings(drawn), [{ ...ana, state: 'won', used: 1 }]);
  expect(
    await screen.findByText('1 got early access to 2 tickets; 1 of those are bought.'),
  ).toBeVisible();
  expect(screen.getByText('5eed')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Change' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Close and give it now' })).not.toBeInTheDocument();
});

test('who may only read sees no buttons', async () => {
  show(presaleSettings(), [ana], ['events:read', 'orders:read']);
  expect(await screen.findByText('Ana Lima')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
