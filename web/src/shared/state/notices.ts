import { strictContext } from './strictContext';

/** A short message that floats for a while. For anything that must be acted on, put it into the page. */
export interface Notice {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  text: string;
}

export type NoticesAction =
  { type: 'told'; tone: Notice['tone']; text: string } | { type: 'dismissed'; id: number };

export interface NoticesState {
  last: number;
  notices: readonly Notice[];
}

export const NO_NOTICES: NoticesState = { last: 0, notices: [] };
const MOST = 3;

export function noticesReducer(state: NoticesState, action: NoticesAction): NoticesState {
  if (action.type === 'dismissed') {
    return { ...state, notices: state.notices.filter((notice) => notice.id !== action.id) };
  }
  const notice = { id: state.last + 1, tone: action.tone, text: action.text };
  return { last: notice.id, notices: [...state.notices, notice].slice(-MOST) };
}

export const [NoticesStateProvider, useNotices] = strictContext<NoticesState>('NoticesProvider');

export const [NoticesDispatchProvider, useNoticesDispatch] =
  strictContext<(action: NoticesAction) => void>('NoticesProvider');

/** `tell('good', 'Copied.')`. */
export function useTell(): (tone: Notice['tone'], text: string) => void {
  const dispatch = useNoticesDispatch();
  return (tone, text) => {
    dispatch({ type: 'told', tone, text });
  };
}
