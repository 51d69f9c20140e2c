// A mouse window and the owner's profile in, a log-likelihood ratio out, and what each feature had to do with it.
import { at } from '../features/distribution.ts';
import { cholesky, logDeterminant, solveLower } from '../learn/cholesky.ts';
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
  /** Scatter goes with the number of strokes, of which there are few different ones. */
  const judges = new Map<number, Judge>();
  const judgeOf = (strokes: number): Judge => {
    const scatter = Math.min(MOST_SCATTER, Math.max(LEAST_SCATTER, prior.typicalStrokes / Math.max(1, strokes)));
    const known = judges.get(scatter);
    if (known !== undefined) return known;
    const made = { owner: density(profile.owner, scatter), stranger: density(profile.stranger, scatter) };
    judges.set(scatter, made);
    return made;
  };
  const scorerOf = (strokes: number): ((point: Float64Array) => number) => {
    const { owner, stranger } = judgeOf(strokes);
    return (point) => owner.of(owner.away(point)) - stranger.of(stranger.away(point));
  };
  const score = (window: MouseWindow): number =>
    scorerOf(window.strokes)(coordinates(prior, standardScores(prior, window.vector)));
  const { slope, intercept } = prior.calibration;
  return {
    score,
    llr: (window) => slope * score(window) + intercept,
    llrOf: (strokes) => {
      const scoreOf = scorerOf(strokes);
      return (point) => slope * scoreOf(point) + intercept;
    },
    contributions: (window) => {
      const { owner, stranger } = judgeOf(window.strokes);
      const scores = standardScores(prior, window.vector);
      const point = coordinates(prior, scores);
      const parts = [owner, stranger].map((one) => ({ ...one, whole: one.away(point), steps: one.steps(prior) }));
      const [own, other] = parts.map(({ of, whole, steps }) => {
        const without = new Float64Array(whole.length);
        return scores.map((z, i) => {
          if (z === 0) return 0;
          const step = steps[i] as Float64Array;
          for (let k = 0; k < whole.length; k += 1) without[k] = at(whole, k) - z * at(step, k);
          return of(whole) - of(without);
        });
      });
      return scores.map((_, i) => slope * ((own?.[i] ?? 0) - (other?.[i] ?? 0)));
    },
  };
}

/** The two densities for windows of so many strokes. */
interface Judge {
  readonly owner: Density;
  readonly stranger: Density;
}

/** A normal density, of points that are told in its own coordinates: in these it scatters with variance 1 in every direction. */
interface Density {
  /** A point of the prior's coordinates, from the mean. */
  readonly away: (point: Float64Array) => Float64Array;
  /** By how much a standard deviation of each feature moves such a point. */
  readonly steps: (prior: MouseWindowPrior) => readonly Float64Array[];
  /** ln of the density without its constant. */
  readonly of: (away: Float64Array) => number;
}

function density({ mean, uncertainty, within }: Expected, scatter: number): Density {
  const k = mean.length;
  const covariance = Float64Array.from(within, (x, index) => {
    const [i, j] = [Math.floor(index / k), index % k];
    return scatter * x + (i === j ? (uncertainty[i] ?? 0) : 0);
  });
  const factor = cholesky(covariance, k);
  const constant = logDeterminant(factor, k) / 2;
  let steps: readonly Float64Array[] | null = null;
  return {
    away: (point) =>
      solveLower(
        factor,
        point.map((p, i) => p - (mean[i] ?? 0)),
      ),
    steps: ({ mean: features, directions }) =>
      (steps ??= features.map((_, i) =>
        solveLower(
          factor,
          Float64Array.from(directions, (direction) => direction[i] ?? 0),
        ),
      )),
    of: (away) => {
      let squares = 0;
      for (let i = 0; i < k; i += 1) squares += at(away, i) ** 2;
      return -constant - squares / 2;
    },
  };
}
