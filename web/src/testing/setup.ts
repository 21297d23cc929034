import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { queryClient } from '~/shared/api/queryClient';
import { server } from './server';

/** Nothing is ever in view: jsdom has no layout. */
class NoIntersections {
  observe(): void {
    return undefined;
  }
  disconnect(): void {
    return undefined;
  }
}

vi.stubGlobal('IntersectionObserver', NoIntersections);
vi.stubGlobal('matchMedia', () => ({
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));
vi.stubGlobal('scrollTo', () => undefined);
Element.prototype.scrollIntoView = () => undefined;

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  queryClient.clear();
  window.localStorage.clear();
  window.sessionStorage.clear();
  document.cookie = 'boxoffice_csrf=; max-age=0';
});
afterAll(() => {
  server.close();
});
