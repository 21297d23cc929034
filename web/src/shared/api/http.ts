import axios, { AxiosHeaders, type AxiosError, type AxiosRequestConfig } from 'axios';
import { csrfToken } from './cookies';
import type { Problem } from './generated/boxoffice.schemas';
import { ApiError, localProblem } from './problems';

const client = axios.create({ timeout: 20_000 });
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const REFRESH = '/api/v1/auth/refresh';

client.interceptors.request.use((config) => {
  const token = csrfToken();
  if (token !== null && !SAFE.has((config.method ?? 'get').toUpperCase())) {
    config.headers.set('X-CSRF-Token', token);
  }
  return config;
});

let refreshing: Promise<unknown> | null = null;

/** One refresh at a time, however many calls found their session expired. */
function refresh(): Promise<unknown> {
  refreshing ??= client.post(REFRESH, {}).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

function isProblem(data: unknown): data is Problem {
  return typeof data === 'object' && data !== null && 'code' in data && 'detail' in data;
}

function unanswered(): Problem {
  return navigator.onLine
    ? localProblem(
        'unreachable',
        'No answer',
        'The server did not answer. Check your connection and try again.',
      )
    : localProblem(
        'offline',
        'You are offline',
        'You are offline. We keep what you typed; try again once you are back.',
      );
}

function strange(error: AxiosError): Problem {
  const status = error.response?.status ?? 0;
  const trace = error.response?.headers['x-request-id'] as unknown;
  return {
    ...localProblem(
      'unexpected',
      'Unexpected answer',
      'Something went wrong on our side. Try again in a moment.',
    ),
    status,
    trace_id: typeof trace === 'string' ? trace : '',
  };
}

function apiError(error: unknown): unknown {
  if (!axios.isAxiosError(error) || axios.isCancel(error)) return error;
  const answer = error.response;
  if (answer === undefined) return new ApiError(unanswered());
  const wait = Number(answer.headers['retry-after']);
  const problem: unknown = answer.data;
  return new ApiError(
    isProblem(problem) ? problem : strange(error),
    Number.isFinite(wait) && wait > 0 ? wait : null,
  );
}

function sessionExpired(error: unknown, url: string | undefined): boolean {
  const unauthorized = axios.isAxiosError(error) && error.response?.status === 401;
  return unauthorized && csrfToken() !== null && url?.startsWith('/api/v1/auth/') !== true;
}

async function send<T>(config: AxiosRequestConfig): Promise<T> {
  try {
    return (await client.request<T>(config)).data;
  } catch (error) {
    if (!sessionExpired(error, config.url)) throw error;
    await refresh();
    return (await client.request<T>(config)).data;
  }
}

const plain = (headers: AxiosRequestConfig['headers']) =>
  headers as Record<string, string> | undefined;

/** The one door to the server: adds the CSRF token, renews an expired session once, throws `ApiError`. */
export async function http<T>(
  config: AxiosRequestConfig,
  options?: AxiosRequestConfig,
): Promise<T> {
  try {
    const headers = AxiosHeaders.concat(plain(config.headers), plain(options?.headers));
    return await send<T>({ ...config, ...options, headers });
  } catch (error) {
    throw apiError(error);
  }
}
