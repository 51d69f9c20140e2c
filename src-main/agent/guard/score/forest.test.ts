// What is usual: learned from vectors, scored through onnxruntime and without it, explained, and kept in a sample that stays small.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { averagePathLength, isolationScore, trainIsolationForest } from '../../learn/isolation-forest.ts';
import { createRandom } from '../../learn/random.ts';
import { readBaseline, writeBaseline } from '../baseline-store.ts';
import { FEATURE_COUNT } from '../features/log-features.ts';
import { trainBaseline, unusualStrength } from './baseline.ts';
import { reasonsOf } from './forest-reasons.ts';
import { createReservoir } from './reservoir.ts';
import { createPlainScorer, createScorer } from './scorer.ts';

/** Ordinary vectors: a failed login now and then, sudo after some minutes. */
function ordinary(n: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: n * FEATURE_COUNT }, (_, i) => {
    const f = i % FEATURE_COUNT;
    if (f === 0) return random.int(3);
    if (f === 1) return 1;
    if (f === 3 || f === 10) return 100 + 200 * random.uniform();
    return f === 11 ? random.uniform() : 0;
  });
}
const rowsOf = (flat: Float32Array): Float32Array[] =>
  Array.from({ length: flat.length / FEATURE_COUNT }, (_, i) => flat.slice(i * FEATURE_COUNT, (i + 1) * FEATURE_COUNT));

test('a tenth of what was learned from is unusual, and nothing of it is more than LOW', () => {
  const flat = ordinary(1000, 1);
  const baseline = trainBaseline(flat, 5, 7);
  const strengths = rowsOf(flat).map((row) => unusualStrength(baseline, isolationScore(baseline.forest, row)));
  const above = strengths.filter((strength) => strength > 0).length;
  assert.ok(above > 60 && above <= 100, `${above} of 1000`);
  assert.equal(strengths.filter((strength) => strength > 0.42).length, 0);
  assert.deepEqual(baseline.features[0], { low: 0, median: 1, high: 2, most: 2 });
  assert.equal(baseline.samples, 1000);
  assert.throws(() => trainBaseline(ordinary(255, 1), 0, 1), /needs 256 vectors, not 255/);
});

test('the strength of the unusual, by hand: 0, .3 and .42 at the bounds of the baseline, .6 beyond', () => {
  const baseline = { ...trainBaseline(ordinary(300, 1), 0, 1), scores: { unusual: 0.5, rare: 0.6, most: 0.7 } };
  const at = (score: number): number => Math.round(unusualStrength(baseline, score) * 1e6) / 1e6;
  assert.deepEqual(
    [0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.95].map(at),
    [0, 0, 0.15, 0.3, 0.36, 0.42, 0.51, 0.6, 0.6],
  );
});

test('the reasons of a score add up to it, and name the feature that stands out', () => {
  const flat = ordinary(600, 3);
  const forest = trainIsolationForest({ rows: flat, n: 600, d: FEATURE_COUNT, seed: 4 });
  for (const row of rowsOf(ordinary(50, 5))) {
    const sum = reasonsOf(forest, row).reduce((all, one) => all + one, 0);
    // s = 2^(−h/c), so that h = −c · log2 s; the root expects c(256) cuts.
    const c = averagePathLength(256);
    const path = -c * Math.log2(isolationScore(forest, row));
    assert.ok(Math.abs(sum - (c - path)) < 1e-4, `${sum} against ${c - path}`);
  }
  const odd = rowsOf(flat)[0]?.slice() ?? new Float32Array();
  odd[10] = 0.5;
  const reasons = reasonsOf(forest, odd);
  assert.equal(reasons.indexOf(Math.max(...reasons)), 10);
});

test('onnxruntime scores as the forest itself, in batches, and remembers what it was just asked', async () => {
  const baseline = trainBaseline(ordinary(400, 1), 0, 1);
  const rows = rowsOf(ordinary(21, 9));
  const scorer = createScorer(baseline, { batch: 8, cacheTtlMs: 1000 });
  const plain = await createPlainScorer(baseline).score(rows, 0);
  const first = await scorer.score(rows, 0);
  for (const [i, score] of plain.entries()) assert.ok(Math.abs(score - (first[i] ?? NaN)) < 1e-5);
  assert.deepEqual([...(await scorer.score(rows, 500))], [...first]);
  assert.equal(scorer.cached().hits, 21);
  await scorer.score(rows.slice(0, 3), 2000);
  assert.deepEqual(scorer.cached(), { hits: 21, asked: 45 });
  await scorer.release();
});

test('a sample of all that came, no larger than asked for, and the newest count a little more', () => {
  const random = createRandom(1);
  const reservoir = createReservoir(100, random);
  for (let n = 0; n < 10_000; n += 1) reservoir.offer(new Float32Array(FEATURE_COUNT).fill(n));
  assert.deepEqual([reservoir.kept(), reservoir.seen()], [100, 10_000]);
  const ages = rowsOf(reservoir.rows()).map((row) => row[0] ?? 0);
  const half = ages.filter((n) => n < 5000).length;
  // Forgetting begins after 1,600: of the first half a share of (1 − 1/1600)^5000 ≈ 4 % is left.
  assert.ok(half < 15, `${half} of 100 are older than the newer half`);
  const again = createReservoir(100, random, { rows: rowsOf(reservoir.rows()), seen: reservoir.seen() });
  assert.deepEqual(again.rows(), reservoir.rows());
  assert.equal(createReservoir(10, random, { rows: rowsOf(reservoir.rows()), seen: 5 }).kept(), 10);
});

test('a baseline comes back as it was; one of another format does not', () => {
  const baseline = trainBaseline(ordinary(300, 1), 5, 1);
  assert.deepEqual(readBaseline(writeBaseline(baseline)), baseline);
  const other = { ...baseline, forest: { ...baseline.forest, d: 3 } };
  assert.equal(readBaseline(writeBaseline(other)), null);
});
