import { useCallback, useEffect, useReducer, useRef } from 'react';
import { scanTicket } from '~/shared/api/generated/boxoffice';
import type { ScanView } from '~/shared/api/generated/boxoffice.schemas';
import { hasStatus, isUncertain } from '~/shared/api/problems';
import { attemptFor, scanReducer, type Attempt, type ScanState } from './attempts';
import { keepUnsent, stateAtStart } from './unsentStore';

const PATIENCE_MS = 8_000;
const RETRY_MS = 5_000;

/** Silence, a fault of the server, "too many" and an ended session leave the scan to be sent again. */
function isWorthRetrying(error: unknown): boolean {
  return isUncertain(error) || hasStatus(error, 401, 429);
}

async function send(organizer: string, attempt: Attempt): Promise<ScanView> {
  const { nonce, code, eventId, gate, scannedAt, failures } = attempt;
  // The first time the server's clock is the better one.
  const late = failures > 0 ? { scanned_at: scannedAt } : {};
  return scanTicket(
    organizer,
    { nonce, code, event_id: eventId, gate, ...late },
    { timeout: PATIENCE_MS },
  );
}

export interface Scanner {
  state: ScanState;
  scan: (seen: { code: string; eventId: string; gate: string }) => void;
  /** Sends everything that waits, now. */
  sendAll: () => void;
  clear: (nonce: string) => void;
}

/** Sends each scan until it is answered, also over reloads, and never as two attempts. */
export function useScanner(organizer: string, onVerdict: (view: ScanView) => void): Scanner {
  const [state, dispatch] = useReducer(scanReducer, organizer, stateAtStart);
  const underWay = useRef(new Set<string>());
  const { unsent } = state;

  const deliver = useCallback(
    async (attempt: Attempt) => {
      const { nonce } = attempt;
      if (underWay.current.has(nonce)) return;
      underWay.current.add(nonce);
      try {
        const view = await send(organizer, attempt);
        dispatch({ type: 'answered', nonce, view });
        onVerdict(view);
      } catch (error) {
        dispatch(
          isWorthRetrying(error) ? { type: 'silent', nonce } : { type: 'failed', nonce, error },
        );
      } finally {
        underWay.current.delete(nonce);
      }
    },
    [organizer, onVerdict],
  );

  const sendAll = useCallback(() => {
    for (const attempt of unsent) void deliver(attempt);
  }, [unsent, deliver]);

  useEffect(() => {
    keepUnsent(organizer, unsent);
    if (unsent.length === 0) return;
    const timer = window.setInterval(sendAll, RETRY_MS);
    window.addEventListener('online', sendAll);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener('online', sendAll);
    };
  }, [organizer, unsent, sendAll]);

  const scan: Scanner['scan'] = (seen) => {
    const attempt = attemptFor(unsent, seen, {
      nonce: crypto.randomUUID(),
      scannedAt: new Date().toISOString(),
    });
    dispatch({ type: 'scanned', attempt });
    void deliver(attempt);
  };
  const clear = useCallback((nonce: string) => {
    dispatch({ type: 'cleared', nonce });
  }, []);
  return { state, scan, sendAll, clear };
}
