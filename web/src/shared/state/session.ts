import type { MeView } from '~/shared/api/generated/boxoffice.schemas';
import { strictContext } from './strictContext';

/** Who is using the site: `unknown` until the server has said. */
export type SessionState =
  { status: 'unknown' | 'guest'; me: null } | { status: 'member'; me: MeView };

export interface SessionAction {
  type: 'known';
  me: MeView | null;
}

export const UNKNOWN_SESSION: SessionState = { status: 'unknown', me: null };

export function sessionReducer(_: SessionState, action: SessionAction): SessionState {
  return action.me === null ? { status: 'guest', me: null } : { status: 'member', me: action.me };
}

export const [SessionStateProvider, useSession] = strictContext<SessionState>('SessionProvider');

export const [SessionDispatchProvider, useSessionDispatch] =
  strictContext<(action: SessionAction) => void>('SessionProvider');
