import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '~/shared/api/queryClient';
import { CartProvider } from '~/shared/state/CartProvider';
import { ColorModeProvider } from '~/shared/state/ColorModeProvider';
import { NoticesProvider } from '~/shared/state/NoticesProvider';
import { SessionProvider } from '~/shared/state/SessionProvider';

export function Providers({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <ColorModeProvider>
        <NoticesProvider>
          <SessionProvider>
            <CartProvider>{children}</CartProvider>
          </SessionProvider>
        </NoticesProvider>
      </ColorModeProvider>
    </QueryClientProvider>
  );
}
