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
      for (let i = 0; i < losses.length; i += 1) losses[i] = slope * (at(losses, i) - at(others, i));
      return losses;
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
  // Row by row in one array.
  const rows = Float64Array.from(vectors.flatMap((vector) => [...vector]));
  const turned = (x: Float64Array): Float64Array => {
    const along = new Float64Array(k);
    for (let row = 0, cell = 0; row < k; row += 1) {
      let sum = 0;
      for (let i = 0; i < k; i += 1, cell += 1) sum += at(rows, cell) * at(x, i);
      along[row] = sum;
    }
    return along;
  };
  return {
    away: (point) => {
      const from = new Float64Array(k);
      for (let i = 0; i < k; i += 1) from[i] = at(point, i) - (mean[i] ?? 0);
      return turned(from);
    },
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
  /** Of the moves that were asked about last: the squared length of each, which is always that of the same ones. */
  let known: { readonly moves: Float64Array; readonly squares: Float64Array } | null = null;
  const squaresOf = (moves: Float64Array): Float64Array => {
    if (known?.moves !== moves) known = { moves, squares: squaredLengths(moves, precisions) };
    return known.squares;
  };
  const pull = new Float64Array(k);
  return {
    of: (away) => {
      let squares = 0;
      for (let i = 0; i < k; i += 1) squares += at(away, i) ** 2 * at(precisions, i);
      return -constant - squares / 2;
    },
    // Without a feature the point is z m closer: its squared distance then is smaller by 2 z a m - z² m m, summed along the coordinates.
    lossesOf: (away, moves, scores) => {
      const squares = squaresOf(moves);
      for (let i = 0; i < k; i += 1) pull[i] = at(away, i) * at(precisions, i);
      const losses = new Float64Array(scores.length);
      for (let feature = 0, cell = 0; feature < losses.length; feature += 1) {
        let along = 0;
        for (let i = 0; i < k; i += 1, cell += 1) along += at(pull, i) * at(moves, cell);
        const z = at(scores, feature);
        losses[feature] = z * ((z * at(squares, feature)) / 2 - along);
      }
      return losses;
    },
  };
}

/** @param moves row by row, as many numbers each as there are precisions */
function squaredLengths(moves: Float64Array, precisions: Float64Array): Float64Array {
  const lengths = new Float64Array(moves.length / precisions.length);
  for (let row = 0, cell = 0; row < lengths.length; row += 1) {
    let sum = 0;
    for (let i = 0; i < precisions.length; i += 1, cell += 1) sum += at(moves, cell) ** 2 * at(precisions, i);
    lengths[row] = sum;
  }
  return lengths;
}
