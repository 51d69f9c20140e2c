import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Said, TrustPoint } from '../src-preload/contract.ts';
import { beforeAndAfter, pointNear, pointsMoved } from './moment.ts';

const said = (modality: Said['modality'], points: number): Said => ({ atMs: 0, modality, llr: 0, points });
const point = (atMs: number): TrustPoint => ({ atMs, trust: atMs / 1000, low: null, high: null, state: 'NORMAL' });

test('points are summed by modality; one that said nothing is unknown, not nought', () => {
  assert.deepEqual(pointsMoved([said('keystroke', -3.5), said('mouse', 0), said('keystroke', 1.25)]), {
    keystroke: -2.25,
    mouse: 0,
    app: null,
    linguistic: null,
  });
});

test('before and after are a minute off, from the nearest point within half a minute', () => {
  const line = [1, 58, 63, 119, 124, 200].map((seconds) => point(seconds * 1000));
  const { before, after } = beforeAndAfter(line, 60_000);
  assert.deepEqual([before?.atMs, after?.atMs], [1000, 119_000]);
  assert.equal(beforeAndAfter(line, 140_000).before?.atMs, 63_000);
  assert.deepEqual(beforeAndAfter([point(60_000)], 60_000), { before: null, after: null });
});

test('a point exactly half a minute off is near, a later one is not', () => {
  assert.equal(pointNear([point(30_000)], 60_000)?.atMs, 30_000);
  assert.equal(pointNear([point(29_999)], 60_000), null);
});
