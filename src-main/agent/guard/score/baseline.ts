// Vectors of ordinary days in, what is usual out: the isolation forest, the scores that it gives to what it has learned from, and the
// range of each feature. Then a vector's score in, how much of an alert it is out.
import { trainIsolationForest, isolationScore, type IsolationForest } from '../../learn/isolation-forest.ts';
import { FEATURE_COUNT } from '../features/log-features.ts';

export interface Usual {
  readonly low: number;
  readonly median: number;
  /** 99 % of what was seen lies up to here. */
  readonly high: number;
  readonly most: number;
}

export interface Baseline {
  readonly forest: IsolationForest;
  readonly trainedMs: number;
  /** Vectors that it was trained on. */
  readonly samples: number;
  readonly features: readonly Usual[];
  /** Of the scores of those vectors: contamination lies above the first. */
  readonly scores: { readonly unusual: number; readonly rare: number; readonly most: number };
}

/** The paper's figures: they level off at 100 trees of 256 rows. */
const TREES = 100;
const FOREST_SAMPLES = 256;
/** Share of what was learned from that counts as unusual. */
const CONTAMINATION = 0.1;
const RARE = 0.01;
/** With fewer vectors there is nothing to call usual. */
export const LEAST_VECTORS = FOREST_SAMPLES;

/** @param rows n × 14 by row. @throws RangeError for fewer than 256. */
export function trainBaseline(rows: Float32Array, trainedMs: number, seed: number): Baseline {
  const n = rows.length / FEATURE_COUNT;
  if (n < LEAST_VECTORS) throw new RangeError(`a baseline needs ${LEAST_VECTORS} vectors, not ${n}`);
  const forest = trainIsolationForest({ rows, n, d: FEATURE_COUNT, trees: TREES, samples: FOREST_SAMPLES, seed });
  const scores = Float64Array.from({ length: n }, (_, i) =>
    isolationScore(forest, rows.subarray(i * FEATURE_COUNT, (i + 1) * FEATURE_COUNT)),
  ).sort();
  return {
    forest,
    trainedMs,
    samples: n,
    features: Array.from({ length: FEATURE_COUNT }, (_, f) =>
      usualOf(Float32Array.from({ length: n }, (_, i) => rows[i * FEATURE_COUNT + f] ?? 0).sort()),
    ),
    scores: {
      unusual: quantile(scores, 1 - CONTAMINATION),
      rare: quantile(scores, 1 - RARE),
      most: quantile(scores, 1),
    },
  };
}

const usualOf = (sorted: Float32Array): Usual => ({
  low: sorted[0] ?? 0,
  median: quantile(sorted, 0.5),
  high: quantile(sorted, 1 - RARE),
  most: sorted.at(-1) ?? 0,
});

/** The value that a share of the others lies below; the nearest one, not one between two. */
const quantile = (sorted: Float32Array | Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/**
 * The forest alone never makes more than MEDIUM: it knows that something is unusual, not that it is bad.
 * [score at the bounds of the baseline, strength]; above the highest score that was learned from up to the last one.
 */
const STRENGTHS = { unusual: 0, rare: 0.3, most: 0.42, beyond: 0.6 } as const;
/** Above the highest score learned from by this much, an isolation forest has nothing more to say. */
const BEYOND = 0.1;

/** @param score of the forest, 0 to 1. @returns strength of the finding, 0 to .6. */
export function unusualStrength({ scores }: Baseline, score: number): number {
  const { unusual, rare, most } = scores;
  if (score <= unusual) return 0;
  if (score <= rare) return between(score, unusual, rare, STRENGTHS.unusual, STRENGTHS.rare);
  if (score <= most) return between(score, rare, most, STRENGTHS.rare, STRENGTHS.most);
  return between(Math.min(score, most + BEYOND), most, most + BEYOND, STRENGTHS.most, STRENGTHS.beyond);
}

const between = (x: number, from: number, to: number, low: number, high: number): number =>
  to <= from ? high : low + ((high - low) * (x - from)) / (to - from);
