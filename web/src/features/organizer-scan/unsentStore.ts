import { kept } from '~/shared/state/storage';
import type { Attempt, ScanState } from './attempts';

const keyOf = (organizer: string) => `boxoffice.scans.${organizer}`;

function isAttempt(value: unknown): value is Attempt {
  return typeof value === 'object' && value !== null && 'nonce' in value && 'eventId' in value;
}

/** Scans that an earlier visit could not send. */
export function stateAtStart(organizer: string): ScanState {
  const stored = kept.read(keyOf(organizer));
  return { unsent: Array.isArray(stored) ? stored.filter(isAttempt) : [], shown: null, log: [] };
}

export function keepUnsent(organizer: string, unsent: readonly Attempt[]): void {
  kept.write(keyOf(organizer), unsent.length === 0 ? null : unsent);
}
