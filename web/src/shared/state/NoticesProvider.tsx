import { useReducer, type ReactNode } from 'react';
import {
  NO_NOTICES,
  NoticesDispatchProvider,
  noticesReducer,
  NoticesStateProvider,
} from './notices';

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(noticesReducer, NO_NOTICES);
  return (
    <NoticesDispatchProvider value={dispatch}>
      <NoticesStateProvider value={state}>{children}</NoticesStateProvider>
    </NoticesDispatchProvider>
  );
}
