import { useEffect, useRef, type RefObject } from 'react';

/** What opens in place takes the focus to its first field, and gives it back to the first button on closing. */
export function useReturnFocus<T extends HTMLElement>(isOpen: boolean): RefObject<T> {
  const place = useRef<T>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (isOpen === wasOpen.current) return;
    wasOpen.current = isOpen;
    place.current?.querySelector<HTMLElement>(isOpen ? 'form input' : 'button')?.focus();
  }, [isOpen]);
  return place;
}
