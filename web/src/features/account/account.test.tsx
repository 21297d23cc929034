import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { SignIn } from './SignIn';
import { SignUp } from './SignUp';
import { VerifyEmail } from './VerifyEmail';

const user = {
  id: 'u',
  email: 'ana@example.org',
  name: 'Ana',
  email_verified: true,
  platform_admin: false,
};
const me = { user, organizers: [] };

it('signs in and goes on where the visitor was', async () => {
  server.use(http.post('/api/v1/auth/login', () => HttpResponse.json({ me })));
  const view = renderPage(<SignIn />, '/signin', '/signin?next=%2Forganizer');
  await view.user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await view.user.type(screen.getByLabelText('Password'), 'correct horse');
  await view.user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('Went to /organizer')).toBeInTheDocument();
});

it('never leaves the site after signing in', async () => {
  server.use(http.post('/api/v1/auth/login', () => HttpResponse.json({ me })));
  const view = renderPage(<SignIn />, '/signin', '/signin?next=%2F%2Fevil.example');
  await view.user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await view.user.type(screen.getByLabelText('Password'), 'correct horse');
  await view.user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('Went to /me/tickets')).toBeInTheDocument();
});

it('keeps the address when the password is wrong', async () => {
  server.use(
    http.post('/api/v1/auth/login', () =>
      problem(401, 'wrong_credentials', 'Address or password is not right.'),
    ),
  );
  const view = renderPage(<SignIn />, '/signin', '/signin');
  await view.user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await view.user.type(screen.getByLabelText('Password'), 'wrong');
  await view.user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('Address or password is not right.')).toBeInTheDocument();
  expect(screen.getByLabelText('E-mail')).toHaveValue('ana@example.org');
});

it('puts the server’s objection beside its field', async () => {
  const errors = [
    { pointer: '/password', code: 'too_common', message: 'This password is too common.' },
  ];
  server.use(
    http.post('/api/v1/auth/register', () => problem(422, 'invalid', 'Look again.', { errors })),
  );
  const view = renderPage(<SignUp />, '/signup', '/signup');
  await view.user.type(screen.getByLabelText('Full name'), 'Ana');
  await view.user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await view.user.type(screen.getByLabelText('Password'), 'password1234');
  await view.user.click(screen.getByRole('button', { name: 'Make an account' }));
  expect(await screen.findByLabelText('Password')).toHaveAccessibleDescription(
    /This password is too common/,
  );
});

it('asks to confirm the address before signing in', async () => {
  server.use(http.post('/api/v1/auth/register', () => HttpResponse.json(me, { status: 201 })));
  const view = renderPage(<SignUp />, '/signup', '/signup');
  await view.user.type(screen.getByLabelText('Full name'), 'Ana');
  await view.user.type(screen.getByLabelText('E-mail'), 'ana@example.org');
  await view.user.type(screen.getByLabelText('Password'), 'correct horse battery');
  await view.user.click(screen.getByRole('button', { name: 'Make an account' }));
  expect(await screen.findByText(/We mailed a link to ana@example.org/)).toBeInTheDocument();
});

it('confirms an address once', async () => {
  let asked = 0;
  server.use(
    http.post('/api/v1/auth/verify-email', () => {
      asked += 1;
      return HttpResponse.json(me);
    }),
  );
  renderPage(<VerifyEmail />, '/verify-email', '/verify-email?token=good');
  expect(await screen.findByRole('heading', { name: 'Address confirmed' })).toBeInTheDocument();
  expect(asked).toBe(1);
});
