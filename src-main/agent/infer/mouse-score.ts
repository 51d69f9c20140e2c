// A mouse window and the owner's profile in, a log-likelihood ratio out, and what each feature had to do with it.
import { at } from '../features/distribution.ts';
import { cholesky, logDeterminant } from '../learn/cholesky.ts';
import { generalisedEigen } from '../learn/symmetric-eigen.ts';
import { coordinates, standardScores, type MouseWindowPrior } from '../learn/mouse-prior.ts';
import type { Expected, MouseProfile, MouseWindow } from '../learn/mouse-profile.ts';

export interface MouseScorer {
  /** ln density under the owner over that under strangers, before calibration. */
  readonly score: (window: MouseWindow) => number;
  /** Calibrated natural-log likelihood ratio, owner against population. */
  readonly llr: (window: MouseWindow) => number;
  /** The same of windows with so many strokes, by their places in the coordinates of the prior. */
  readonly llrOf: (strokes: number) => (point: Float64Array) => number;
  /**
   * By how much the calibrated ratio would fall if a feature were missing, for each of the 79: positive speaks for the owner.
   * The sum is not the ratio, for features go together.
   */
  readonly contributions: (window: MouseWindow) => Float64Array;
}

// A window's features are means over its strokes, so their scatter goes with one over the number of strokes. Bounds chosen on the
// development recordings by cross-validation over people.
const LEAST_SCATTER = 0.5;
const MOST_SCATTER = 2;

/** @throws Error when the profile was learned with windows of another length than the prior's */
export function mouseScorer(prior: MouseWindowPrior, profile: MouseProfile): MouseScorer {
  if (profile.seconds !== prior.seconds || profile.owner.mean.length !== prior.between.length) {
    throw new Error(`the mouse profile is for windows of ${profile.seconds} s, the prior for ${prior.seconds} s`);
  }
  const [owner, stranger] = [densityOf(profile.owner), densityOf(profile.stranger)];
  const scatterOf = (strokes: number): number =>
    Math.min(MOST_SCATTER, Math.max(LEAST_SCATTER, prior.typicalStrokes / Math.max(1, strokes)));
  /** Of the last window: whoever asks for its score asks for the reasons too. */
  let placed: { readonly window: MouseWindow; readonly at: Placed } | null = null;
  const place = (window: MouseWindow): Placed => {
    if (placed?.window === window) return placed.at;
    const scores = standardScores(prior, window.vector);
    const point = coordinates(prior, scores);
    const found = { scores, own: owner.away(point), other: stranger.away(point) };
    placed = { window, at: found };
    return found;
  };
  const scorerOf = (strokes: number): ((point: Float64Array) => number) => {
    const [own, other] = [owner.at(scatterOf(strokes)), stranger.at(scatterOf(strokes))];
    return (point) => own.of(owner.away(point)) - other.of(stranger.away(point));
  };
  const score = (window: MouseWindow): number => {
    const scatter = scatterOf(window.strokes);
    const { own, other } = place(window);
    return owner.at(scatter).of(own) - stranger.at(scatter).of(other);
  };
  const { slope, intercept } = prior.calibration;
  let moves: { readonly owner: Float64Array; readonly stranger: Float64Array } | null = null;
  return {
    score,
    llr: (window) => slope * score(window) + intercept,
    llrOf: (strokes) => {
      const scoreOf = scorerOf(strokes);
      return (point) => slope * scoreOf(point) + intercept;
    },
    contributions: (window) => {
      moves ??= { owner: owner.moves(prior), stranger: stranger.moves(prior) };
      const scatter = scatterOf(window.strokes);
      const { scores, own, other } = place(window);
      const losses = owner.at(scatter).lossesOf(own, moves.owner, scores);
      const others = stranger.at(scatter).lossesOf(other, moves.stranger, scores);
      return losses.map((x, i) => slope * (x - at(others, i)));
    },
  };
}

/** A window in standard deviations, and in the coordinates of the two densities. */
interface Placed {
  readonly scores: Float64Array;
  readonly own: Float64Array;
  readonly other: Float64Array;
}

/**
 * A normal density whose covariance is scatter W + U, U diagonal, for any scatter. Vectors v with v' W v = 1 and U v = d W v make both of
 * them diagonal at once (Golub and Van Loan, "Matrix Computations", 4th edition, section 8.7): in the coordinates V' x the covariance is
 * scatter + d, so that a window with a number of strokes that was never seen before costs no more than any other.
 */
interface Density {
  /** A point of the prior's coordinates, from the mean, in those coordinates. */
  readonly away: (point: Float64Array) => Float64Array;
  /** By how much a standard deviation of each feature moves such a point: 79 x k, row-major. */
  readonly moves: (prior: MouseWindowPrior) => Float64Array;
  readonly at: (scatter: number) => Scattered;
}

interface Scattered {
  /** ln of the density without its constant. */
  readonly of: (away: Float64Array) => number;
  /** By how much it is greater than it would be without each feature. @param scores in standard deviations, 0 where missing. */
  readonly lossesOf: (away: Float64Array, moves: Float64Array, scores: Float64Array) => Float64Array;
}

/** @throws RangeError where the scatter is none */
function densityOf({ mean, uncertainty, within }: Expected): Density {
  const k = mean.length;
  const scattered = new Map<number, Scattered>();
  const diagonal = Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? (uncertainty[i % k] ?? 0) : 0));
  const { values, vectors } = generalisedEigen(diagonal, Float64Array.from(within), k);
  const logWithin = logDeterminant(cholesky(Float64Array.from(within), k), k);
  const turned = (x: Float64Array): Float64Array => Float64Array.from(vectors, (vector) => dot(vector, x));
  return {
    away: (point) => turned(point.map((p, i) => p - (mean[i] ?? 0))),
    moves: ({ mean: features, directions }) => {
      const moves = new Float64Array(features.length * k);
      for (const i of features.keys()) {
        moves.set(turned(Float64Array.from(directions, (direction) => direction[i] ?? 0)), i * k);
      }
      return moves;
    },
    at: (scatter) => {
      const known = scattered.get(scatter);
      if (known !== undefined) return known;
      const made = scatteredBy(
        values.map((d) => scatter + d),
        logWithin,
      );
      scattered.set(scatter, made);
      return made;
    },
  };
}

/** @param variances along each coordinate. @param logWithin ln of the determinant of W, in which the coordinates are told. */
function scatteredBy(variances: Float64Array, logWithin: number): Scattered {
  const k = variances.length;
  const constant = (logWithin + variances.reduce((sum, variance) => sum + Math.log(variance), 0)) / 2;
  const precisions = variances.map((variance) => 1 / variance);
  return {
    of: (away) => {
      let squares = 0;
      for (let i = 0; i < k; i += 1) squares += at(away, i) ** 2 * at(precisions, i);
      return -constant - squares / 2;
    },
    // Without a feature the point is z m closer: its squared distance then is smaller by (2 a - z m) z m, along each coordinate.
    lossesOf: (away, moves, scores) =>
      scores.map((z, feature) => {
        if (z === 0) return 0;
        let nearer = 0;
        for (let i = 0; i < k; i += 1) {
          const moved = z * at(moves, feature * k + i);
          nearer += (2 * at(away, i) - moved) * moved * at(precisions, i);
        }
        return -nearer / 2;
      }),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += at(a, i) * at(b, i);
  return sum;
}
