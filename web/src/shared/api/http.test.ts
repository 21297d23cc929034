import { http as on, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { csrfToken } from './cookies';
import { getMe, logOut } from './generated/boxoffice';
import { asHolderOnce } from './headers';
import { http } from './http';
import { ApiError, isUncertain } from './problems';

const failure = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

it('hands a refusal over as it is, with the time to wait', async () => {
  server.use(
    on.get('/api/v1/me', () =>
      HttpResponse.json(
        { code: 'busy', detail: 'Later.', status: 429 },
        { status: 429, headers: { 'retry-after': '7' } },
      ),
    ),
  );
  const error = await failure(getMe());
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: 'busy', message: 'Later.', retryAfter: 7 });
});

it('knows silence and faults from refusals', async () => {
  server.use(on.get('/api/v1/me', () => HttpResponse.error()));
  expect(isUncertain(await failure(getMe()))).toBe(true);
  server.use(on.get('/api/v1/me', () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 })));
  const fault = await failure(getMe());
  expect(fault).toMatchObject({ status: 502, code: 'unexpected' });
  expect(isUncertain(fault)).toBe(true);
});

it('says so when the device is offline', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  server.use(on.get('/api/v1/me', () => HttpResponse.error()));
  expect(await failure(getMe())).toMatchObject({ code: 'offline' });
});

it('sends the CSRF token with commands, and keeps the headers of a call', async () => {
  document.cookie = 'boxoffice_csrf=abc%3D';
  const seen: (string | null)[] = [];
  server.use(
    on.post('/api/v1/auth/logout', ({ request }) => {
      seen.push(request.headers.get('x-csrf-token'));
      return new HttpResponse(null, { status: 204 });
    }),
    on.put('/thing', ({ request }) => {
      seen.push(
        request.headers.get('idempotency-key'),
        request.headers.get('order-token'),
        request.headers.get('content-type'),
      );
      return HttpResponse.json({});
    }),
  );
  await logOut();
  const config = {
    url: '/thing',
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    data: {},
  };
  await http(config, asHolderOnce('token', 'key'));
  expect(seen).toEqual(['abc=', 'key', 'token', 'application/json']);
  expect(csrfToken('a=b; __Host-boxoffice_csrf=xyz')).toBe('xyz');
});

it('renews an expired session once for all calls that found it expired', async () => {
  document.cookie = 'boxoffice_csrf=abc';
  let renewals = 0;
  server.use(
    on.get('/api/v1/me', () =>
      renewals === 0
        ? problem(401, 'session_over', 'Sign in.')
        : HttpResponse.json({ user: 'ana' }),
    ),
    on.post('/api/v1/auth/refresh', () => {
      renewals += 1;
      return HttpResponse.json({});
    }),
  );
  const answers = await Promise.all([getMe(), getMe()]);
  expect(answers).toEqual([{ user: 'ana' }, { user: 'ana' }]);
  expect(renewals).toBe(1);
});
