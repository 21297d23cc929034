import { useEffect, useReducer, type ReactNode } from 'react';
import {
  ColorModeDispatchProvider,
  colorModeReducer,
  ColorModeStateProvider,
  MODE_KEY,
  type ColorModeState,
  type Mode,
} from './colorMode';

function chosen(): Mode | null {
  try {
    const mode = window.localStorage.getItem(MODE_KEY);
    return mode === 'light' || mode === 'dark' ? mode : null;
  } catch {
    return null;
  }
}

function atStart(): ColorModeState {
  return {
    mode: document.documentElement.dataset.mode === 'dark' ? 'dark' : 'light',
    isChosen: chosen() !== null,
  };
}

function remember({ mode, isChosen }: ColorModeState): void {
  document.documentElement.dataset.mode = mode;
  if (!isChosen) return;
  try {
    window.localStorage.setItem(MODE_KEY, mode);
  } catch {
    // Then it lasts until the page is left.
  }
}

/** Light or dark: the visitor's choice, else the device's. The colours themselves are CSS. */
export function ColorModeProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(colorModeReducer, undefined, atStart);
  useEffect(() => {
    remember(state);
  }, [state]);
  useEffect(() => {
    const device = window.matchMedia('(prefers-color-scheme: dark)');
    const follow = () => {
      dispatch({ type: 'deviceChanged', mode: device.matches ? 'dark' : 'light' });
    };
    device.addEventListener('change', follow);
    return () => {
      device.removeEventListener('change', follow);
    };
  }, []);
  return (
    <ColorModeDispatchProvider value={dispatch}>
      <ColorModeStateProvider value={state}>{children}</ColorModeStateProvider>
    </ColorModeDispatchProvider>
  );
}
