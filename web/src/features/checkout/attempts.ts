import { isUncertain } from '~/shared/api/problems';
import { tabOnly } from '~/shared/state/storage';

const storageKey = (orderId: string) => `boxoffice.attempt.${orderId}`;

/** The idempotency key of the attempt under way. It survives a reload, so a retry is never a second charge. */
export function attemptKey(orderId: string): string {
  const running = tabOnly.read(storageKey(orderId));
  if (typeof running === 'string') return running;
  const key = crypto.randomUUID();
  tabOnly.write(storageKey(orderId), key);
  return key;
}

/** After a definite answer the next attempt is a new one; while the outcome is unknown it stays the same. */
export function settleAttempt(orderId: string, error?: unknown): void {
  if (error === undefined || !isUncertain(error)) tabOnly.write(storageKey(orderId), null);
}
