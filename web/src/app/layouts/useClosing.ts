import { useEffect, useRef, type RefObject } from 'react';
import { useLocation } from 'react-router';

function closeFor(event: Event, menu: HTMLDetailsElement): void {
  if (event instanceof KeyboardEvent) {
    if (event.key !== 'Escape') return;
    menu.querySelector('summary')?.focus();
  } else if (menu.contains(event.target as Node)) {
    return;
  }
  menu.open = false;
}

/** Closes on Escape, on a press elsewhere and when the page changes; otherwise a plain disclosure. */
export function useClosing(): RefObject<HTMLDetailsElement> {
  const menu = useRef<HTMLDetailsElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const close = (event: Event) => {
      if (menu.current?.open === true) closeFor(event, menu.current);
    };
    document.addEventListener('keydown', close);
    document.addEventListener('pointerdown', close);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('pointerdown', close);
    };
  }, []);
  useEffect(() => {
    if (menu.current !== null) menu.current.open = false;
  }, [pathname]);
  return menu;
}
