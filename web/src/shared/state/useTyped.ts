import { useEffect, useState } from 'react';
import { useNavigation } from 'react-router';

const PAUSE_MS = 300;

/**
 * Types freely; `onSettled` hears of it when the typing pauses. Whoever has meanwhile followed a
 * link is on the way to another page, from which changing the address would call them back.
 */
export function useTyped(q: string, onSettled: (q: string) => void) {
  const [typed, setTyped] = useState({ text: q, from: q });
  const isLeaving = useNavigation().state !== 'idle';
  if (typed.from !== q) setTyped({ text: q, from: q });
  useEffect(() => {
    if (typed.text === typed.from || isLeaving) return;
    const timer = window.setTimeout(() => {
      onSettled(typed.text);
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [typed, isLeaving, onSettled]);
  const type = (text: string) => {
    setTyped({ text, from: q });
  };
  return [typed.text, type] as const;
}
