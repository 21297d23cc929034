import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './problems';

/** Refusals are answers: only silence and server faults are worth asking again. */
function mayRetry(failures: number, error: unknown): boolean {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return !refused && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: mayRetry, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
