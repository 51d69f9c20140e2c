import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrackScore } from '../track.ts';
import { hopEvidence } from './hop-evidence.ts';

const WEIGHTS = { keystroke: { weight: 1 }, mouse: { weight: 0.5 }, app: { weight: 0.1 }, linguistic: { weight: 0 } };
const said = (more: Partial<TrackScore>): TrackScore => ({ raw: 0, llr: 0, share: 0, strongest: '', ...more });

test('a tick of one hop is what it was: all that was said at once, weighed', () => {
  const all = hopEvidence(
    new Map([
      ['keystroke', said({ llr: 9, share: 0.5, against: Float64Array.of(-1, 2) })],
      ['mouse', said({ llr: -2, share: 0.25 })],
      ['linguistic', said({ llr: 1, share: 1 })],
    ]),
    WEIGHTS,
  );
  assert.deepEqual(all, [
    [
      { modality: 'keystroke', share: 0.5, against: Float64Array.of(-1, 2) },
      // -2 x 0.25 x 0.5
      { modality: 'mouse', llr: -0.25, share: 0.25 },
    ],
  ]);
});

test('nobody said anything: one hop with nothing in it, for trust drifts with time', () => {
  assert.deepEqual(hopEvidence(new Map(), WEIGHTS), [[]]);
});

test('a tick of several: each hop with its own, the last at the end; what is not told hop by hop is spread evenly', () => {
  const ratios = [1, 2, 3].map((ratio) => Float64Array.of(ratio));
  const all = hopEvidence(
    new Map([
      ['keystroke', said({ share: 0.6, earlier: ratios.slice(0, 2), against: ratios[2] as Float64Array })],
      ['mouse', said({ llr: 4, share: 0.5, hops: 2 })],
      ['app', said({ llr: -1, share: 1 })],
    ]),
    WEIGHTS,
  );
  const key = (ratio: number) => ({ modality: 'keystroke', share: 0.6 / 3, against: Float64Array.of(ratio) });
  // 4 x 0.5 x 0.5 in two halves; one switch of applications speaks once, however long the tick.
  const mouse = { modality: 'mouse', llr: 0.5, share: 0.25 };
  assert.deepEqual(all, [[key(1)], [key(2), mouse], [key(3), mouse, { modality: 'app', llr: -0.1, share: 1 }]]);
});
