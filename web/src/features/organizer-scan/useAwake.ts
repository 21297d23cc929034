import { useEffect } from 'react';

/** Keeps the screen on while the page is in view, where the browser can. */
export function useAwake(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      const got = await navigator.wakeLock.request('screen');
      if (isOver) await got.release();
      else lock = got;
    };
    const tryHold = () => {
      hold().catch(() => undefined);
    };
    tryHold();
    document.addEventListener('visibilitychange', tryHold);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', tryHold);
      lock?.release().catch(() => undefined);
    };
  }, []);
}
