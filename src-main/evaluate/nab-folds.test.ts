import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAB_CHANNELS } from './nab-detector.ts';
import { crossValidated } from './nab-folds.ts';
import type { NabSeries } from './nab-files.ts';

const ROWS = 1000;
const WINDOW = [600, 699] as const;
const series = (name: string): NabSeries => ({
  ...{ name, timestamps: [], values: new Float64Array(ROWS), windows: [WINDOW] },
});
/** What the first two channels find; the others nothing. */
function found(first: readonly (readonly [number, number])[], second: readonly (readonly [number, number])[] = []) {
  return NAB_CHANNELS.map((_, channel) => {
    const raw = new Float64Array(ROWS);
    for (const [row, score] of [first, second][channel] ?? []) raw[row] = score;
    return raw;
  });
}

test('a channel that finds the window too weakly is turned up by what the other files show', () => {
  const files = ['a', 'b', 'c', 'd'].map(series);
  const { scores } = crossValidated(
    files,
    files.map(() => found([[600, 0.7]])),
    2,
  );
  assert.deepEqual([scores.standard.windowsFound, scores.standard.falseAlarms], [4, 0]);
  // Noticed in their first rows.
  assert.ok(scores.standard.score > 99, String(scores.standard.score));
});

test('what only the judged file shows is not learned from it', () => {
  const files = ['a', 'b'].map(series);
  // The first file needs its first channel turned up; the second, on which that is chosen, has false alarms there.
  const falseAlarms = [200, 320, 440].map((row) => [row, 0.7] as const);
  const ours = [found([[600, 0.7]]), found(falseAlarms, [[600, 5]])];
  const { scores } = crossValidated(files, ours, 2);
  assert.deepEqual([scores.standard.windowsFound, scores.standard.falseAlarms], [1, 3]);
});
