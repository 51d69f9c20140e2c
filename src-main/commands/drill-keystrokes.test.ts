import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../agent/learn/random.ts';
import { keystrokesSince, keystrokesUntil } from './drill-keystrokes.ts';

const S = 1000;

test('from an empty window the count is exact while nothing has left it', () => {
  const samples = [0, 3, 3, 8].map((have, i) => ({ atMs: i * S, have }));
  assert.deepEqual(
    keystrokesSince(samples).map(({ least, most }) => [least, most]),
    [
      [0, 0],
      [3, 3],
      [3, 3],
      [8, 8],
    ],
  );
});

test('what was typed before hides new keystrokes, by no more than it was', () => {
  // Ten from before. Four come while six leave at the end of a hop, then three while none can: seven in truth, of which three show.
  const samples = [10, 8, 11].map((have, i) => ({ atMs: (1 + i) * S, have }));
  const ranges = keystrokesSince(samples);
  assert.deepEqual(ranges.at(-1), { least: 3, most: 11 });
  // The three of the last step were not there before it.
  assert.deepEqual(ranges[1], { least: 0, most: 8 });
});

test('between two samples: at least what the one before shows, at most what the one after does', () => {
  const samples = [0, 5, 9].map((have, i) => ({ atMs: i * S, have }));
  const ranges = keystrokesSince(samples);
  assert.deepEqual(keystrokesUntil(1500, samples, ranges), { least: 5, most: 9 });
  assert.deepEqual(keystrokesUntil(1000, samples, ranges), { least: 5, most: 5 });
  assert.deepEqual(keystrokesUntil(9000, samples, ranges), { least: 9, most: 9 });
});

/** The window as the agent keeps it: the keys of each 2 s hop, by its end, for 30 s, and those of the hop under way. */
function windowAt(atMs: number, keysMs: readonly number[]): number {
  return keysMs.filter((keyMs) => keyMs <= atMs && Math.ceil(keyMs / 2000) * 2000 > atMs - 30_000).length;
}

test('whoever typed before and however, the truth lies within the bounds; with nothing before they lie close', () => {
  for (const [seed, ownerUntilMs] of [
    [1, 60_000],
    [2, 58_000],
    [3, 10_000],
    [4, 10_000],
  ] as const) {
    const random = createRandom(seed);
    const startMs = 60_300;
    const keysMs = Array.from({ length: 900 }, () => Math.floor(180_000 * random.uniform()))
      .filter((atMs) => atMs < ownerUntilMs || atMs > startMs)
      .toSorted((a, b) => a - b);
    const samples = Array.from({ length: 110 }, (_, i) => startMs + i * (1000 + (i === 0 ? 0 : 3))).map((atMs) => ({
      atMs,
      have: windowAt(atMs, keysMs),
    }));
    const ranges = keystrokesSince(samples);
    for (const [i, { atMs }] of samples.entries()) {
      const typed = keysMs.filter((keyMs) => keyMs > startMs && keyMs <= atMs).length;
      const { least, most } = ranges[i] ?? { least: Infinity, most: -Infinity };
      assert.ok(least <= typed && typed <= most, `seed ${seed}, sample ${i}: ${typed} is not in ${least} to ${most}`);
      if (ownerUntilMs <= 10_000 && i < 30) assert.deepEqual([least, most], [typed, typed]);
    }
  }
});
