import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { createMemoryRouter, RouterProvider, useLocation } from 'react-router';
import { queryClient } from '~/shared/api/queryClient';
import { CartProvider } from '~/shared/state/CartProvider';
import { ColorModeProvider } from '~/shared/state/ColorModeProvider';
import { NoticesProvider } from '~/shared/state/NoticesProvider';
import { SessionProvider } from '~/shared/state/SessionProvider';
import { MuiTheme } from '~/shared/ui/MuiTheme';

function Elsewhere() {
  return <p>Went to {useLocation().pathname}</p>;
}

/**
 * Renders a page at `path` with all contexts; any other address only says where the visitor went,
 * once `arrival` has come.
 */
export function renderPage(
  page: ReactElement,
  pattern: string,
  path: string,
  arrival: Promise<void> = Promise.resolve(),
) {
  const router = createMemoryRouter(
    [
      { path: pattern, element: page },
      { path: '*', element: <Elsewhere />, loader: () => arrival.then(() => null) },
    ],
    { initialEntries: [path] },
  );
  const user = userEvent.setup();
  render(
    <QueryClientProvider client={queryClient}>
      <ColorModeProvider>
        <NoticesProvider>
          <SessionProvider>
            <CartProvider>
              <MuiTheme>
                <RouterProvider router={router} />
              </MuiTheme>
            </CartProvider>
          </SessionProvider>
        </NoticesProvider>
      </ColorModeProvider>
    </QueryClientProvider>,
  );
  return { user, router };
}
