import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FleetPoint } from '../../src-preload/fleet.ts';
import { createTrustMemory } from './trust-memory.ts';

/** A bucket of 12 s begins here. */
const T = 12_000 * 141_666_667;
const at = (atMs: number, trust: number | null): FleetPoint => ({
  ...{ atMs, trust, low: trust === null ? null : trust - 5, high: trust === null ? null : trust + 5 },
  state: trust === null ? 'LEARNING' : trust < 35 ? 'LOCKDOWN' : 'NORMAL',
});

test('a point each 12 s, the lowest of them', () => {
  const memory = createTrustMemory();
  for (const [seconds, trust] of [
    [0, 90],
    [5, 30.5],
    [10, 91],
    [12, 88],
    [17, 89],
  ] as const)
    memory.add(at(T + seconds * 1000, trust));
  assert.deepEqual(memory.read(T + 20_000), [at(T + 5000, 30.5), at(T + 12_000, 88)]);
});

test('no score is kept as none, and gives way to one', () => {
  const memory = createTrustMemory();
  memory.add(at(T, null));
  memory.add(at(T + 12_000, null));
  memory.add(at(T + 13_000, 70));
  assert.deepEqual(memory.read(T + 20_000), [at(T, null), at(T + 13_000, 70)]);
});

test('an hour of it, 300 points, oldest first', () => {
  const memory = createTrustMemory();
  for (let step = 0; step < 1000; step += 1) memory.add(at(T + step * 12_000, 50 + (step % 10)));
  const points = memory.read(T + 999 * 12_000);
  assert.equal(points.length, 300);
  assert.equal(points[0]?.atMs, T + 700 * 12_000);
  assert.equal(points.at(-1)?.atMs, T + 999 * 12_000);
  assert.deepEqual(memory.read(T + 999 * 12_000 + 3_600_000), []);
});
