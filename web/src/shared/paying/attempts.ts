import { newKey } from '~/shared/api/keys';
import { isUncertain } from '~/shared/api/problems';
import { tabOnly } from '~/shared/state/storage';

interface Attempt {
  key: string;
  source: string;
}

const storageKey = (orderId: string) => `boxoffice.attempt.${orderId}`;

/** The idempotency key for paying with `source`. It survives a reload, so a retry is never a second charge. */
export function attemptKey(orderId: string, source: string): string {
  const running = tabOnly.read(storageKey(orderId)) as Attempt | null;
  if (running?.source === source) return running.key;
  const attempt = { key: newKey(), source };
  tabOnly.write(storageKey(orderId), attempt);
  return attempt.key;
}

/** After a definite answer the next attempt is a new one; while the outcome is unknown it stays the same. */
export function settleAttempt(orderId: string, error?: unknown): void {
  if (error === undefined || !isUncertain(error)) tabOnly.write(storageKey(orderId), null);
}
