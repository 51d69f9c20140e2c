import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '../src-preload/contract.ts';
import { secondsToLock } from './countdown.ts';
import { emptyDashboard } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { calmSnapshot } from './snapshot.fixture.ts';

/** The agent's clock read 100 s when the page's read 5 s; the lock is due at 110 s. */
const known = (change: Partial<Snapshot> = {}, around: Partial<Dashboard> = {}): Dashboard => ({
  ...emptyDashboard,
  link: 'up',
  receivedMs: 5000,
  snapshot: { ...calmSnapshot, atMs: 100_000, state: 'LOCKDOWN', locking: { atMs: 110_000 }, ...change },
  ...around,
});

test("the seconds go down by the agent's clock, which the page's own carries on", () => {
  const shown = [5000, 5001, 6000, 14_000, 14_999, 15_000].map((pageMs) => secondsToLock(known(), pageMs));
  assert.deepEqual(shown, [10, 10, 9, 1, 1, 0]);
});

test('it stays at nought while the lock is being done, and is given up after ten seconds', () => {
  assert.deepEqual([secondsToLock(known(), 25_000), secondsToLock(known(), 25_001)], [0, null]);
});

test('there is no countdown without a lock ahead', () => {
  assert.equal(secondsToLock(known({ locking: null }), 5000), null);
  assert.equal(secondsToLock(known({ screen: 'locked' }), 5000), null);
  assert.equal(secondsToLock(emptyDashboard, 5000), null);
});

test('there is no countdown where nobody is there to lock', () => {
  assert.equal(secondsToLock(known({}, { link: 'down' }), 5000), null);
  assert.equal(secondsToLock(known({}, { absence: { kind: 'stopped', reason: 'Crashed.' } }), 5000), null);
});
