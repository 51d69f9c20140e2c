// Statistics, profile and score against a NumPy/SciPy implementation of the two-covariance scorer (numpy.nanmean, numpy.cov-like sums,
// scipy.linalg.eigh(B, W), numpy.linalg.cholesky) on the same invented people, and against conditional normal distributions worked
// out by numpy.linalg.solve on the joint covariance of a person's windows and a stranger's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mouseScorer } from '../agent/infer/mouse-score.ts';
import type { MouseWindowPrior } from '../agent/learn/mouse-prior.ts';
import { mouseProfileOf, type MouseProfile, type MouseWindow } from '../agent/learn/mouse-profile.ts';
import { createRandom } from '../agent/learn/random.ts';
import { mouseStatisticsOf, type MousePerson } from './mouse-statistics.ts';

/** Windows of 40 people: 79 numbers, each person's own mean, one in fifty missing. */
function invented(): MousePerson[] {
  const random = createRandom(11);
  const features = Array.from({ length: 79 }, (_, i) => i);
  return Array.from({ length: 40 }, () => {
    const person = features.map((i) => 3 + i / 10 + (0.4 + (i % 7) / 5) * random.normal());
    const window = (): MouseWindow => {
      const shared = random.normal();
      const vector = Float64Array.from(features, (i) => {
        const value = (person[i] ?? 0) + 0.8 * random.normal() + 0.3 * shared * ((i % 3) - 1);
        return random.uniform() < 0.02 ? Number.NaN : value;
      });
      return { vector, strokes: 17 };
    };
    return { early: Array.from({ length: 9 }, window), later: Array.from({ length: 4 }, window) };
  });
}

const near = (actual: ArrayLike<number>, expected: readonly number[], share: number): void => {
  assert.equal(actual.length, expected.length);
  expected.forEach((x, i) => {
    assert.ok(
      Math.abs((actual[i] ?? Number.NaN) - x) <= share * Math.max(1, Math.abs(x)),
      `${i}: ${actual[i]}, not ${x}`,
    );
  });
};
const priorOf = (usualDistance: number): MouseWindowPrior => ({
  ...mouseStatisticsOf(invented(), 15),
  usualDistance,
  calibration: { slope: 1, intercept: 0, measured: 'in a test' },
});
const person = (i: number): MousePerson => invented()[i] ?? { early: [], later: [] };

test('scale, variances between people and scores are those of SciPy', () => {
  const prior = priorOf(Number.POSITIVE_INFINITY);
  // The file keeps five digits.
  near(prior.mean.slice(0, 5), MEAN, 5e-5);
  near(prior.sd.slice(0, 5), SD, 5e-5);
  near(prior.between, BETWEEN, 1e-3);
  const profile = mouseProfileOf(person(0).early, 135, prior);
  assert.ok(Math.abs(profile.distance - DISTANCE) < 1e-3);
  const { score } = mouseScorer(prior, profile);
  near(person(0).later.map(score), SCORES_OWN, 1e-3);
  near(
    [1, 2].flatMap((i) => person(i).later.map(score)),
    SCORES_OTHERS,
    1e-3,
  );
});

/** One feature, one direction; people vary by 2, windows by 1. */
const simple = (usualDistance: number): MouseWindowPrior => ({
  ...{ seconds: 15, windows: 100, typicalStrokes: 17, usualDistance },
  ...{ mean: [0], sd: [1], centre: [0], directions: [[1]], between: [2] },
  calibration: { slope: 2, intercept: -1, measured: 'in a test' },
});
const at = (x: number, strokes = 17): MouseWindow => ({ vector: Float64Array.of(x), strokes });
const ofSimple = (usualDistance: number): MouseProfile => mouseProfileOf([at(4), at(4)], 135, simple(usualDistance));

test('an owner among the usual ones: strangers are expected around the population', () => {
  const { owner, stranger, distance } = ofSimple(10);
  // 4² / (2 + 1/3); three looks of 45 s.
  near([distance], [48 / 7], 1e-12);
  near(owner.mean, [24 / 7], 1e-12);
  near(owner.uncertainty, [2 / 7], 1e-12);
  near([...stranger.mean, ...stranger.uncertainty], [0, 2], 1e-12);
  // Nine windows' worth of an owner who did not vary at all: 100 / 109.
  near(owner.within, [100 / 109], 1e-12);
  near(stranger.within, [1], 1e-12);
});

test('an owner far out takes the strangers with him', () => {
  // At a usual distance of 2 the move has 17/7 times the variance of a mean.
  const { owner, stranger } = ofSimple(2);
  near([...owner.mean, ...owner.uncertainty], [3.8333333333, 0.3194444444], 1e-9);
  near([...stranger.mean, ...stranger.uncertainty], [2.8333333333, 3.6527777778], 1e-9);
});

test('few strokes scatter more, many less, within bounds; the ratio is calibrated', () => {
  const prior = simple(10);
  const { score, llr } = mouseScorer(prior, ofSimple(10));
  const byHand = (x: number, scatter: number): number => {
    const [own, other] = [(scatter * 100) / 109 + 2 / 7, scatter + 2];
    return x ** 2 / (2 * other) + Math.log(other) / 2 - (x - 24 / 7) ** 2 / (2 * own) - Math.log(own) / 2;
  };
  for (const [strokes, scatter] of [
    [17, 1],
    [10, 1.7],
    [3, 2],
    [34, 0.5],
    [100, 0.5],
  ] as const) {
    near([score(at(1.5, strokes))], [byHand(1.5, scatter)], 1e-12);
  }
  near([llr(at(1.5))], [2 * byHand(1.5, 1) - 1], 1e-12);
});

test('a contribution is what the ratio loses when the feature is missing', () => {
  const prior = priorOf(2);
  const { llr, contributions } = mouseScorer(prior, mouseProfileOf(person(0).early, 135, prior));
  const window = person(1).later[0] ?? at(0);
  const points = contributions(window);
  for (const i of [0, 17, 78]) {
    const without = window.vector.map((x, k) => (k === i ? Number.NaN : x));
    near([points[i] ?? Number.NaN], [llr(window) - llr({ ...window, vector: without })], 1e-9);
  }
  const nothing = { strokes: 17, vector: new Float64Array(79).fill(Number.NaN) };
  assert.ok(contributions(nothing).every((x) => x === 0));
});

test('a profile of another length of window and too little enrolment are refused', () => {
  assert.throws(() => mouseScorer({ ...simple(10), seconds: 30 }, ofSimple(10)), /windows of 15 s, the prior for 30 s/);
  assert.throws(() => mouseProfileOf([at(1)], 15, simple(10)), /needs 2 windows/);
  assert.throws(() => mouseStatisticsOf(invented().slice(0, 1), 15), /two people/);
});

const BETWEEN = [
  13.3541955, 11.5624607, 10.6152584, 10.062579, 8.63048672, 8.17601123, 7.59189749, 7.09074492, 6.06734012, 5.87598602,
  5.58519073, 5.2031184, 4.7371956, 4.41551104, 3.95728851, 3.91558056, 3.484088, 3.21322065, 2.89321596, 2.83354442,
  2.67933524, 2.23526076, 2.05019731, 1.88306207, 1.7878432, 1.51328679, 1.45120517, 1.19534702,
];
const MEAN = [2.87733072, 3.0490315, 3.13141458, 3.09356289, 3.53669293];
const SD = [0.918691144, 1.11281984, 1.19207394, 1.30194188, 1.53114794];
const SCORES_OWN = [26.7744845, 25.5166543, 22.4977197, 25.243799];
const SCORES_OTHERS = [
  -98.2161849, -75.4758549, -83.0499595, -82.2340165, -54.1904831, -49.5098186, -75.479126, -56.8862342,
];
const DISTANCE = 0.967138861;
