import { expect, test } from 'vitest';
import type { ScanView } from '~/shared/api/generated/boxoffice.schemas';
import { attemptFor, scanReducer, type Attempt, type ScanState } from './attempts';
import { makeSightings } from './sightings';
import { keepUnsent, stateAtStart } from './unsentStore';

const EMPTY: ScanState = { unsent: [], shown: null, log: [] };
const seen = { code: 'ABC', eventId: 'e1', gate: 'North' };
const fresh = (nonce: string) => ({ nonce, scannedAt: '2027-03-13T19:00:00Z' });
const attempt = (nonce: string, code = 'ABC'): Attempt => ({
  ...seen,
  ...fresh(nonce),
  code,
  failures: 0,
});
const admitted = { verdict: 'admitted', reason: 'ok' } as ScanView;

function after(...actions: Parameters<typeof scanReducer>[1][]): ScanState {
  return actions.reduce(scanReducer, EMPTY);
}

test('a scan waits in the queue until its own answer arrives', () => {
  const sent = after(
    { type: 'scanned', attempt: attempt('n1') },
    { type: 'scanned', attempt: attempt('n2', 'DEF') },
  );
  expect(sent.unsent.map(({ nonce }) => nonce)).toEqual(['n1', 'n2']);
  const answered = scanReducer(sent, { type: 'answered', nonce: 'n1', view: admitted });
  expect(answered.unsent.map(({ nonce }) => nonce)).toEqual(['n2']);
  expect(answered.log).toHaveLength(1);
});

test('a late answer to an older scan does not replace what the door sees', () => {
  const state = after(
    { type: 'scanned', attempt: attempt('n1') },
    { type: 'silent', nonce: 'n1' },
    { type: 'scanned', attempt: attempt('n2', 'DEF') },
    { type: 'answered', nonce: 'n1', view: admitted },
  );
  expect(state.shown).toEqual({ kind: 'checking', nonce: 'n2' });
  expect(state.log.map(({ attempt: { nonce } }) => nonce)).toEqual(['n1']);
});

test('silence keeps the scan, counts the try and says that there is no answer', () => {
  const state = after(
    { type: 'scanned', attempt: attempt('n1') },
    { type: 'silent', nonce: 'n1' },
    { type: 'silent', nonce: 'n1' },
  );
  expect(state.unsent).toMatchObject([{ nonce: 'n1', failures: 2 }]);
  expect(state.shown).toEqual({ kind: 'unsent', nonce: 'n1' });
});

test('an answer counts once, however often it arrives', () => {
  const state = after(
    { type: 'scanned', attempt: attempt('n1') },
    { type: 'answered', nonce: 'n1', view: admitted },
    { type: 'answered', nonce: 'n1', view: admitted },
  );
  expect(state.log).toHaveLength(1);
});

test('a refused request leaves the queue and is shown', () => {
  const state = after(
    { type: 'scanned', attempt: attempt('n1') },
    { type: 'failed', nonce: 'n1', error: new Error('no') },
  );
  expect(state.unsent).toEqual([]);
  expect(state.shown).toMatchObject({ kind: 'failed' });
});

test('a code that waits for its answer is the same attempt when it is shown again', () => {
  const waiting = [attempt('n1')];
  expect(attemptFor(waiting, seen, fresh('n2')).nonce).toBe('n1');
  expect(attemptFor(waiting, { ...seen, eventId: 'e2' }, fresh('n2')).nonce).toBe('n2');
  expect(attemptFor([], seen, fresh('n2')).nonce).toBe('n2');
});

test('unsent scans survive a reload, for their organizer alone', () => {
  keepUnsent('paradiso', [attempt('n1')]);
  expect(stateAtStart('paradiso').unsent).toEqual([attempt('n1')]);
  expect(stateAtStart('melkweg').unsent).toEqual([]);
});

test('the camera reports a code once while it stays in view', () => {
  const isNew = makeSightings();
  expect(isNew('A', 0)).toBe(true);
  expect(isNew('A', 1000)).toBe(false);
  expect(isNew('A', 3000)).toBe(false);
  expect(isNew('B', 3100)).toBe(true);
  expect(isNew('A', 3200)).toBe(true);
  expect(isNew('A', 9000)).toBe(true);
});
