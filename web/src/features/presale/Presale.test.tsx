import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type {
  EarlyAccessView,
  PresaleRegistrationView,
  PresaleView,
} from '~/shared/api/generated/boxoffice.schemas';
import { eventPage, offerView } from '~/testing/events';
import { earlyRegistration, presaleRegistration, presaleView } from '~/testing/presale';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { RegisterPage } from './RegisterPage';
import { RegistrationPage } from './RegistrationPage';

const EVENT = '/api/v1/events/paradiso/night-bus';
const REGISTER = '/api/v1/organizers/paradiso/presale-registrations';
const LINK = '/api/v1/presale-links/paradiso.r1.1.mac';

function register(presale: PresaleView | null = presaleView()) {
  const offers = [offerView('floor', 2850, { name: 'Floor', state: 'not_yet' })];
  server.use(http.get(EVENT, () => HttpResponse.json(eventPage({ offers, presale }))));
  const page = <RegisterPage organizer="paradiso" slug="night-bus" />;
  const path = '/e/paradiso/night-bus/early-access';
  return renderPage(page, path, path);
}

function look(one: PresaleRegistrationView) {
  server.use(http.get(LINK, () => HttpResponse.json(one)));
  const path = `/early-access/${one.token}`;
  return renderPage(<RegistrationPage token={one.token} />, path, path);
}

test('somebody registers and is told to look into their mail', async () => {
  let body: unknown;
  server.use(
    http.post(REGISTER, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({ message: 'Almost done.' }, { status: 202 });
    }),
  );
  const { user } = register();
  await user.selectOptions(await screen.findByLabelText('How many tickets'), '3');
  await user.click(screen.getByRole('button', { name: 'Register' }));
  expect(await screen.findByText('A few things are missing')).toBeVisible();
  await user.type(screen.getByLabelText('Full name'), 'Ana Lima');
  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await user.click(screen.getByRole('button', { name: 'Register' }));
  expect(await screen.findByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  expect(body).toEqual({
    event_id: 'e1',
    quantity: 3,
    name: 'Ana Lima',
    email: 'ana@example.org',
  });
});

test.each([
  [presaleView({ state: 'not_yet' }), 'Registration is not open yet'],
  [presaleView({ state: 'closed' }), 'Registration has closed'],
  [null, 'There is no early access'],
])('where nobody can register the page says so', async (presale, title) => {
  register(presale);
  expect(await screen.findByRole('heading', { name: title })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Register' })).not.toBeInTheDocument();
});

test('a registration is confirmed and withdrawn by its link', async () => {
  const { user } = look(presaleRegistration({ state: 'unconfirmed' }));
  server.use(
    http.post(`${LINK}/confirm`, () => HttpResponse.json(presaleRegistration())),
    http.post(`${LINK}/withdraw`, () =>
      HttpResponse.json(presaleRegistration({ state: 'withdrawn' })),
    ),
  );
  await user.click(await screen.findByRole('button', { name: 'Confirm my registration' }));
  expect(
    await screen.findByRole('heading', { name: 'You are registered for early access' }),
  ).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Withdraw' }));
  await user.click((await screen.findAllByRole('button', { name: 'Withdraw' })).at(-1)!);
  expect(await screen.findByRole('heading', { name: 'You have withdrawn' })).toBeVisible();
  await waitFor(() => {
    expect(screen.queryByRole('button', { name: 'Withdraw' })).not.toBeInTheDocument();
  });
});

test('early access that is open leads to the tickets', async () => {
  look(earlyRegistration());
  expect(await screen.findByRole('link', { name: 'Buy tickets now' })).toHaveAttribute(
    'href',
    '/e/paradiso/night-bus?early=paradiso.r1.1.mac',
  );
});

function access(state: EarlyAccessView['state']): PresaleRegistrationView {
  const early = earlyRegistration();
  return { ...early, early_access: early.early_access && { ...early.early_access, state } };
}

test.each([
  [access('to_come'), /From Sat 13 Mar 2027, 10:00 this page lets you buy 2 tickets/],
  [access('used_up'), 'You have all the tickets that it was for.'],
  [access('over'), 'The sale to everybody begins Sat 20 Mar 2027, 10:00.'],
  [presaleRegistration({ state: 'lost', presale: 'drawn' }), /More people registered/],
  [presaleRegistration({ presale: 'closed' }), /Registration has closed\. We write to you/],
  [presaleRegistration({ state: 'unconfirmed', presale: 'drawn' }), /it took no part/],
  [presaleRegistration({ state: 'removed' }), 'The organizer has taken it off the list.'],
  [earlyRegistration({ on_sale: false }), /does not take place as planned/],
])('each state says what it means', async (one, text) => {
  look(one);
  expect(await screen.findByText(text)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Buy tickets now' })).not.toBeInTheDocument();
});
