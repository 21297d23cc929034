import { useEffect, useRef } from 'react';

const PAUSE_MS = 400;
const SHORTEST = 6;

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]')
  );
}

function isShortcut({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}

/** Hand scanners type like keyboards. This hears them wherever the focus is, except in a field. */
export function useWedge(onCode: (code: string) => void): void {
  const report = useRef(onCode);
  useEffect(() => {
    report.current = onCode;
  }, [onCode]);
  useEffect(() => {
    let typed = '';
    let last = 0;
    const hear = (press: KeyboardEvent) => {
      if (isField(press.target) || isShortcut(press)) return;
      if (press.timeStamp - last > PAUSE_MS) typed = '';
      last = press.timeStamp;
      if (press.key.length === 1) typed += press.key;
      if (press.key !== 'Enter' || typed.trim().length < SHORTEST) return;
      press.preventDefault();
      report.current(typed);
      typed = '';
    };
    document.addEventListener('keydown', hear);
    return () => {
      document.removeEventListener('keydown', hear);
    };
  }, []);
}
