// Against figures worked out by hand from the paper's equations, and against the reference detector, whose score the benchmark's own
// program gave.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readNab } from './nab-files.ts';
import { NAB_PROFILES, nabScore, probationRows, scaledSigmoid, type ScoredFile } from './nab-score.ts';

const shared = fileURLToPath(new URL('../../../shared', import.meta.url));
const oracle = `${shared}/facts/anomaly-reference.mjs`;
const found = existsSync(oracle) && existsSync(`${shared}/recordings/nab`);
const skip = found ? false : 'the benchmark is not beside the repository (../shared/recordings/nab)';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-4, `${actual}, not ${expected}`);

test('the sigmoid: the values that the definition names', () => {
  for (const [position, expected] of [
    [-1, 0.98661],
    [-0.5, 0.84828],
    [0, 0],
    [1, -0.98661],
    [3, -1],
    [9, -1],
  ] as const)
    assert.ok(Math.abs(scaledSigmoid(position) - expected) < 1e-5);
});

test('probation: 15 %, of 5,000 rows at most', () => {
  assert.deepEqual([20, 4032, 100_000].map(probationRows), [3, 604, 750]);
});

/** Twenty rows with a window from row 10 to 13. */
function file(alarms: Readonly<Record<number, number>>): ScoredFile {
  return { scores: Float64Array.from({ length: 20 }, (_, i) => alarms[i] ?? 0), windows: [[10, 13]] };
}

test('a window noticed in its third row, a false alarm before it and one a window’s length behind it, by hand', () => {
  // σ(-2/4) / σ(-1) = 0.859793; -0.11; 0.11 · -0.98661 = -0.108528. Of -1 for silence and 1 for perfection: 82.0632.
  const three = file({ 5: 1, 12: 1, 16: 1 });
  const all = nabScore([three], NAB_PROFILES.standard, 0.5);
  near(all.score, 82.0632497);
  assert.deepEqual([all.windowsFound, all.falseAlarms, all.rows], [1, 2, 17]);
  near(nabScore([file({ 10: 1 })], NAB_PROFILES.standard, 0.5).score, 100);
  near(nabScore([file({})], NAB_PROFILES.standard, 0.5).score, 0);
  // Twice the price of a false alarm; then twice that of a miss, which the silence pays.
  near(nabScore([three], NAB_PROFILES.lowFalsePositives, 0.5).score, 82.0632497 - 50 * (0.11 + 0.108528));
  near(nabScore([three], NAB_PROFILES.lowFalseNegatives, 0.5).score, (100 * (0.859793 - 0.218528 + 2)) / 3);
});

test('only the best alarm of a window counts, and rows of the probation not at all', () => {
  near(nabScore([file({ 0: 1, 2: 1, 10: 1, 11: 1, 12: 1, 13: 1 })], NAB_PROFILES.standard, 0.5).score, 100);
});

test('the threshold is the one that suits all files best', () => {
  const files = [file({ 10: 0.9, 5: 0.4 }), file({ 11: 0.6, 3: 0.4, 4: 0.4 })];
  const { threshold, falseAlarms, windowsFound, score } = nabScore(files, NAB_PROFILES.standard);
  assert.deepEqual([threshold, falseAlarms, windowsFound], [0.6, 0, 2]);
  // σ(-3/4) / σ(-1) = 0.954045 / 0.986614.
  near(score, (100 * (1 + 0.954045 / 0.986614 + 2)) / 4);
});

test('nothing worth an alarm: silence is the best', () => {
  const long = { scores: new Float64Array(400).fill(1, 100, 101), windows: [[300, 303]] } as const;
  const { score, threshold } = nabScore([long], NAB_PROFILES.standard);
  assert.deepEqual([score, threshold], [0, Infinity]);
});

test('the reference detector scores what the benchmark’s own program gave it', { skip }, async () => {
  const { Recif } = (await import(pathToFileURL(oracle).href)) as {
    Recif: new () => { readonly push: (x: number) => { readonly score: number } };
  };
  const all = await readNab(`${shared}/recordings/nab`);
  const files = all.map(({ values, windows }) => {
    const reference = new Recif();
    const scores = values.map((x) => {
      const { score } = reference.push(x);
      return score / (1 + score);
    });
    return { scores, windows };
  });
  // facts/anomaly.md, development files: 76.3, 73.3, 79.5.
  const rounded = Object.values(NAB_PROFILES).map((profile) => nabScore(files, profile).score.toFixed(1));
  assert.deepEqual(rounded, ['76.3', '73.3', '79.5']);
});
