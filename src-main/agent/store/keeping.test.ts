import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FULL_KEEPING, type Keeping } from './keeping.ts';
import { openMemoryStore } from './open-store.ts';
import { HOST_SERIES, OWN_FIELDS } from './series/streams.ts';
import type { Store } from './store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 1);

/** Nine days: a row of the machine, of the program and of trust every four hours, and events of the last hour. */
function kept(keeping: Keeping): { readonly store: Store; readonly endMs: number } {
  const store = openMemoryStore();
  const endMs = START + 9 * DAY;
  for (let atMs = START; atMs < endMs; atMs += 4 * HOUR) {
    store.addRow('host', atMs * 1000, new Float64Array(HOST_SERIES.length).fill(7));
    store.addRow('own', atMs * 1000, new Float64Array(OWN_FIELDS.length).fill(9));
    store.addTrust({ atMs, trust: 90, low: 80, high: 95, state: 'NORMAL' });
  }
  for (let ago = 0; ago < HOUR; ago += MINUTE)
    store.addEvent((endMs - ago) * 1000, { kind: 'feature', modality: 'mouse', events: 1, newEvents: 1 });
  store.prune(endMs, 30, keeping);
  return { store, endMs };
}

/** How far back it goes, in days. */
function reach({ store, endMs }: ReturnType<typeof kept>): readonly number[] {
  const oldest = (series: string): number =>
    store.readSeries({ series, fromMs: START, toMs: endMs, maxPoints: 10_000 }).points[0]?.atMs ?? endMs;
  const trust = store.trust(START, endMs, 10_000)[0]?.atMs ?? endMs;
  return [oldest('cpu.busyPercent'), oldest('own.memoryMiB'), trust].map((atMs) => (endMs - atMs) / DAY);
}

test('in plenty everything lasts as long as the history, raw events for an hour', () => {
  const all = kept(FULL_KEEPING);
  assert.deepEqual(reach(all), [9, 9, 9]);
  assert.equal(all.store.rawEvents(START, all.endMs).length, 60);
});

test('figures of three days: those of the machine and of the program go, day by day; trust stays', () => {
  assert.deepEqual(reach(kept({ ...FULL_KEEPING, minuteDays: 1, figureDays: 3 })), [4, 4, 9]);
});

test('raw events of ten minutes, both ends of them', () => {
  const { store, endMs } = kept({ ...FULL_KEEPING, eventMinutes: 10 });
  assert.equal(store.rawEvents(START, endMs).length, 11);
});

test('single readings of six hours and minutes of a day: what is older is there by five minutes alone', () => {
  const stepMs = ({ store, endMs }: ReturnType<typeof kept>, days: number): number => {
    const fromMs = endMs - days * DAY;
    return store.readSeries({ series: 'cpu.busyPercent', fromMs, toMs: fromMs + 4 * HOUR, maxPoints: 1000 }).stepMs;
  };
  const [full, shorter] = [kept(FULL_KEEPING), kept({ ...FULL_KEEPING, rowHours: 6, minuteDays: 1 })];
  assert.deepEqual([stepMs(full, 0.5), stepMs(full, 5)], [0, MINUTE]);
  assert.deepEqual([stepMs(shorter, 0.5), stepMs(shorter, 5)], [MINUTE, 5 * MINUTE]);
});
