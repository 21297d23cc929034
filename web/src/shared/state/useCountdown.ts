import { useEffect, useState } from 'react';

/** Milliseconds until `deadline` by this device's clock, renewed each second; only its user re-renders. */
export function useCountdown(deadline: number): number {
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, deadline - now);
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) return;
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, 1000);
    return () => {
      window.clearInterval(timer);
    };
  }, [isOver, deadline]);
  return left;
}
