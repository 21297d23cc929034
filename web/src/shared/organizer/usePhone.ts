import { useSyncExternalStore } from 'react';

const query = () => window.matchMedia('(width < 720px)');

function subscribe(listener: () => void): () => void {
  const phone = query();
  phone.addEventListener('change', listener);
  return () => {
    phone.removeEventListener('change', listener);
  };
}

/** Whether there is room for a table. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches);
}
