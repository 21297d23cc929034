import { fireEvent, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { CreateEvent } from './CreateEvent';
import { guessedCurrency, suggestedEnd } from './draft';

const EVENTS = '/api/v1/organizers/paradiso/events';

function open() {
  return renderInArea(<CreateEvent />, '/organizer/paradiso/events/new');
}

async function fill(user: ReturnType<typeof open>['user']) {
  await user.type(screen.getByLabelText('Title'), 'Night Bus');
  fireEvent.change(screen.getByLabelText('Starts'), { target: { value: '2027-03-13T20:00' } });
  fireEvent.blur(screen.getByLabelText('Starts'));
  await user.selectOptions(screen.getByLabelText('Time zone'), 'Europe/Amsterdam');
  await user.type(screen.getByLabelText('Venue'), 'Paradiso');
  await user.type(screen.getByLabelText('City'), 'Amsterdam');
  await user.type(screen.getByLabelText(/^Price/), '28,50');
  await user.type(screen.getByLabelText('How many'), '200');
}

const submit = (user: ReturnType<typeof open>['user']) =>
  user.click(screen.getByRole('button', { name: 'Create draft' }));

test('an empty form says everything that is missing, above and beside the fields', async () => {
  const { user } = open();
  await submit(user);
  const summary = await screen.findByRole('group', { name: /missing/ });
  expect(summary).toHaveFocus();
  const links = within(summary).getAllByRole('link');
  expect(links.map(({ textContent }) => textContent)).toEqual([
    'Give the event a title.',
    'Say when it starts.',
    'Say when it ends.',
    'Name the venue.',
    'Name the city.',
    'Give a price such as 12 or 12.50; 0 is free.',
    'Say how many tickets there are, such as 200.',
  ]);
  expect(screen.getByLabelText('Title')).toBeInvalid();
  await user.click(links[0]!);
  expect(screen.getByLabelText('Title')).toHaveFocus();
});

test('six things make an event: one request, then its page', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.post(EVENTS, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(managedEvent(), { status: 201 });
    }),
  );
  const { user } = open();
  await fill(user);
  await submit(user);
  expect(await screen.findByText('Went to /organizer/paradiso/events/e1')).toBeVisible();
  expect(bodies).toMatchObject([
    {
      title: 'Night Bus',
      starts_at: '2027-03-13T20:00',
      ends_at: '2027-03-13T23:00',
      timezone: 'Europe/Amsterdam',
      format: 'in_person',
      venue: { name: 'Paradiso', city: 'Amsterdam' },
      ticket: { name: 'Regular', price: 2850, quantity: 200 },
    },
  ]);
});

test('what the server refuses stands beside its field, and nothing typed is lost', async () => {
  const errors = [{ pointer: '/venue/city', code: 'too_long', message: 'A shorter city, please.' }];
  server.use(
    http.post(EVENTS, () => problem(422, 'invalid', 'Some fields are not right.', { errors })),
  );
  const { user } = open();
  await fill(user);
  await submit(user);
  expect(await screen.findByText('A shorter city, please.')).toBeVisible();
  expect(screen.getByLabelText('City')).toBeInvalid();
  expect(screen.getByLabelText('Title')).toHaveValue('Night Bus');
});

test('an event online needs no venue', async () => {
  const { user } = open();
  await user.click(screen.getByRole('radio', { name: 'Online' }));
  expect(screen.queryByLabelText('Venue')).not.toBeInTheDocument();
  await submit(user);
  await screen.findByRole('group', { name: /missing/ });
  expect(screen.queryByText('Name the venue.')).not.toBeInTheDocument();
});

test('the preview follows what is typed', async () => {
  const { user } = open();
  await fill(user);
  const preview = screen.getByRole('complementary', { name: 'Preview' });
  expect(within(preview).getByRole('heading', { name: 'Night Bus' })).toBeVisible();
  expect(within(preview).getByText('Sat 13 Mar 2027, 20:00')).toBeVisible();
  expect(within(preview).getByText('Paradiso, Amsterdam')).toBeVisible();
});

test('a start suggests an end, unless a later one was chosen', () => {
  expect(suggestedEnd('2027-03-13T22:00', '')).toBe('2027-03-14T01:00');
  expect(suggestedEnd('2027-03-13T20:00', '2027-03-13T21:00')).toBe('2027-03-13T21:00');
  expect(suggestedEnd('', '')).toBe('');
});

test('the currency is guessed from where the reader is', () => {
  expect(guessedCurrency('de-CH', 'Europe/Zurich')).toBe('CHF');
  expect(guessedCurrency('en-US', 'Europe/Berlin')).toBe('EUR');
  expect(guessedCurrency('en-US', 'America/New_York')).toBe('USD');
  expect(guessedCurrency('fr', 'Europe/Paris')).toBe('EUR');
});
