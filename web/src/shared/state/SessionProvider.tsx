import { useEffect, useReducer, type ReactNode } from 'react';
import { bootSession } from '~/shared/api/boot';
import { csrfToken } from '~/shared/api/cookies';
import { getMe } from '~/shared/api/generated/boxoffice';
import {
  SessionDispatchProvider,
  SessionStateProvider,
  sessionReducer,
  UNKNOWN_SESSION,
  type SessionState,
} from './session';

function atStart(): SessionState {
  if (bootSession !== undefined)
    return sessionReducer(UNKNOWN_SESSION, { type: 'known', me: bootSession });
  return csrfToken() === null ? { status: 'guest', me: null } : UNKNOWN_SESSION;
}

/** Knows who is signed in; asks the server only when a session cookie may exist and the page did not say. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(sessionReducer, undefined, atStart);
  const isUnknown = state.status === 'unknown';
  useEffect(() => {
    if (!isUnknown) return;
    let isCurrent = true;
    const tell = (me: Parameters<typeof sessionReducer>[1]['me']) => {
      if (isCurrent) dispatch({ type: 'known', me });
    };
    getMe().then(tell, () => {
      tell(null);
    });
    return () => {
      isCurrent = false;
    };
  }, [isUnknown]);
  return (
    <SessionDispatchProvider value={dispatch}>
      <SessionStateProvider value={state}>{children}</SessionStateProvider>
    </SessionDispatchProvider>
  );
}
