import { useRef } from 'react';
import { once } from '~/shared/api/headers';
import { isUncertain } from '~/shared/api/problems';

interface OnceKey {
  /** Headers for the attempt that is under way: the same until it is settled. */
  headers: () => { headers: Record<string, string> };
  /** After an answer. Only an attempt whose outcome is unknown keeps its key. */
  settle: (error?: unknown) => void;
}

/** Makes a command happen once however often it has to be sent. */
export function useOnceKey(): OnceKey {
  const key = useRef<string | null>(null);
  return {
    headers: () => {
      key.current ??= crypto.randomUUID();
      return once(key.current);
    },
    settle: (error) => {
      if (!isUncertain(error)) key.current = null;
    },
  };
}
