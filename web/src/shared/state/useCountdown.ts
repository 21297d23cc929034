import { useSyncExternalStore } from 'react';

/** One clock for all countdowns on a page; it runs only while somebody looks at it. */
const watchers = new Set<() => void>();
let now = Date.now();
let timer: number | undefined;

function tick(): void {
  now = Date.now();
  watchers.forEach((tell) => {
    tell();
  });
}

function watch(tell: () => void): () => void {
  if (watchers.size === 0) {
    now = Date.now();
    timer = window.setInterval(tick, 1000);
  }
  watchers.add(tell);
  return () => {
    watchers.delete(tell);
    if (watchers.size === 0) window.clearInterval(timer);
  };
}

/** Milliseconds until `deadline` by this device's clock, renewed each second; only its user re-renders. */
export function useCountdown(deadline: number): number {
  return useSyncExternalStore(watch, () => Math.max(0, deadline - now));
}
