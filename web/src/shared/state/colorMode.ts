import { strictContext } from './strictContext';

export type Mode = 'light' | 'dark';

export interface ColorModeState {
  mode: Mode;
  /** Whether the visitor chose it; else it follows the device. */
  isChosen: boolean;
}

export type ColorModeAction = { type: 'toggled' } | { type: 'deviceChanged'; mode: Mode };

/** The inline script of index.html reads the same key before the first paint. */
export const MODE_KEY = 'boxoffice.mode';

export function colorModeReducer(state: ColorModeState, action: ColorModeAction): ColorModeState {
  switch (action.type) {
    case 'toggled':
      return { mode: state.mode === 'dark' ? 'light' : 'dark', isChosen: true };
    case 'deviceChanged':
      return state.isChosen ? state : { ...state, mode: action.mode };
  }
}

export const [ColorModeStateProvider, useColorMode] =
  strictContext<ColorModeState>('ColorModeProvider');

export const [ColorModeDispatchProvider, useColorModeDispatch] =
  strictContext<(action: ColorModeAction) => void>('ColorModeProvider');
