import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemoryStore } from './open-store.ts';
import { HOST_SERIES } from './series/streams.ts';

const DAY = 86_400_000;
/** Midnight UTC. */
const NOW = Date.UTC(2026, 10, 21);

test('trust, figures of the machine and the log are each kept for their own days', () => {
  const store = openMemoryStore();
  for (let day = 0; day < 20; day++) {
    const atMs = NOW - day * DAY - DAY / 2;
    store.addTrust({ atMs, trust: 80, low: null, high: null, state: 'NORMAL' });
    store.addRow('host', atMs * 1000, new Float64Array(HOST_SERIES.length).fill(5));
    store.addAudit({ atMs, kind: 'setting', text: `of ${day} days ago` });
  }
  store.prune(NOW, 10, 4, 15);
  const busy = store.readSeries({
    series: 'cpu.busyPercent',
    fromMs: NOW - 20 * DAY,
    toMs: NOW,
    maxPoints: 200,
  }).points;
  // Chunks of a day go as a whole once all of it is too old: the one that the limit cuts stays.
  assert.deepEqual([store.trust(0, NOW, 1000).length, busy.length, store.audit(500).length], [11, 5, 15]);
});
