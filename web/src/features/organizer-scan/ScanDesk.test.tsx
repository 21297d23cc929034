import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { ScanBody, ScanView } from '~/shared/api/generated/boxoffice.schemas';
import { renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { ScanDesk } from './ScanDesk';

const SCANS = '/api/v1/organizers/paradiso/scans';
const admitted: ScanView = {
  verdict: 'admitted',
  reason: 'ok',
  message: 'Welcome.',
  ticket_id: 't1',
  ticket_type_name: 'Floor',
  attendee_name: 'Noor Haddad',
  order_code: 'K7QX42',
  first_admitted_at: null,
  first_gate: null,
};

type Answer = (body: ScanBody) => Response;

/** The door with a server that gives these answers in turn, the last one again and again. */
function atTheDoor(...answers: Answer[]) {
  const bodies: ScanBody[] = [];
  server.use(
    http.get('/api/v1/organizers/paradiso/events/e1/scan-totals', () =>
      HttpResponse.json({ admitted: 3, expected: 10 }),
    ),
    http.post(SCANS, async ({ request }) => {
      const body = (await request.json()) as ScanBody;
      const answer = answers[Math.min(bodies.length, answers.length - 1)];
      bodies.push(body);
      return answer?.(body) ?? HttpResponse.error();
    }),
  );
  const view = renderInArea(<ScanDesk eventId="e1" title="Night Bus" />, '/scan');
  const type = async (code: string) => {
    await view.user.type(screen.getByLabelText('Ticket code'), `${code}{Enter}`);
  };
  return { ...view, bodies, type };
}

test('a typed code shows who may come in, and counts them', async () => {
  const { bodies, type, user } = atTheDoor(() => HttpResponse.json(admitted));
  await screen.findByText('3');
  await user.type(screen.getByLabelText('Gate'), 'North');
  await type('ABCDEF');
  expect(await screen.findByText('Admitted', { selector: 'p' })).toBeVisible();
  expect(bodies).toMatchObject([{ code: 'ABCDEF', event_id: 'e1', gate: 'North' }]);
  expect(screen.getByText('4')).toBeVisible();
});

test('a refusal says when and where the first admission was', async () => {
  const { type } = atTheDoor(() =>
    HttpResponse.json({
      ...admitted,
      verdict: 'refused',
      reason: 'already_admitted',
      first_admitted_at: new Date().toISOString(),
      first_gate: 'North',
    }),
  );
  await type('ABCDEF');
  expect(await screen.findByText(/^First admitted at .*, North$/)).toBeVisible();
});

test('without an answer the scan is kept, and sent again under the same nonce', async () => {
  const { bodies, type, user } = atTheDoor(
    () => HttpResponse.error(),
    () => HttpResponse.error(),
    () => HttpResponse.json(admitted),
  );
  await type('ABCDEF');
  expect(await screen.findByText('No answer yet')).toBeVisible();
  await type('ABCDEF');
  await screen.findByText('2 tries');
  expect(screen.getByText('1 scan not sent')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Send now' }));
  const log = screen.getByRole('region', { name: 'At this gate' });
  expect(await within(log).findByText('Noor Haddad')).toBeVisible();
  expect(new Set(bodies.map(({ nonce }) => nonce)).size).toBe(1);
  expect(bodies.at(-1)?.scanned_at).toEqual(expect.any(String));
  await waitFor(() => {
    expect(screen.queryByText('1 scan not sent')).not.toBeInTheDocument();
  });
});

test('two scans of the same ticket, each answered, are two attempts', async () => {
  const { bodies, type } = atTheDoor(() => HttpResponse.json(admitted));
  await type('ABCDEF');
  await screen.findByText('Admitted', { selector: 'p' });
  await type('ABCDEF');
  await waitFor(() => {
    expect(new Set(bodies.map(({ nonce }) => nonce)).size).toBe(2);
  });
});

test('a refused request is no verdict and is not sent again', async () => {
  const { type } = atTheDoor(() => problem(404, 'not_found', 'No such event.'));
  await type('ABCDEF');
  expect(await screen.findByText('Not checked')).toBeVisible();
  expect(screen.getByText('No such event.')).toBeVisible();
  expect(screen.queryByText(/not sent$/)).not.toBeInTheDocument();
});

test('a hand scanner is heard wherever the focus is', async () => {
  const { bodies, user } = atTheDoor(() => HttpResponse.json(admitted));
  await user.click(screen.getByRole('heading', { name: 'Night Bus' }));
  await user.keyboard('ABCDEF{Enter}');
  expect(await screen.findByText('Admitted', { selector: 'p' })).toBeVisible();
  expect(bodies).toHaveLength(1);
});

test('Escape makes room for the next guest', async () => {
  const { type, user } = atTheDoor(() => problem(404, 'not_found', 'No such event.'));
  await type('ABCDEF');
  await screen.findByText('Not checked');
  await user.keyboard('{Escape}');
  expect(screen.queryByText('Not checked')).not.toBeInTheDocument();
});
