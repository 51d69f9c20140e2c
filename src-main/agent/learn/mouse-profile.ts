// The owner's mouse windows and the prior in, a profile out: where the owner and strangers are to be expected in the prior's
// coordinates. Two-covariance model: a person's mean is normal with variance b, his windows scatter around it with variance 1.
import { at } from '../features/distribution.ts';
import { coordinates, standardScores, type MouseWindowPrior } from './mouse-prior.ts';

export interface MouseWindow {
  /** 79 values as features/mouse-79.ts gives them, NaN where missing. */
  readonly vector: Float64Array;
  readonly strokes: number;
}

/** A profile is JSON. k directions; covariances are k x k, row-major. */
export interface MouseProfile {
  readonly format: 1;
  readonly seconds: number;
  /** Seconds of activity that it was learned from. */
  readonly enrolledS: number;
  /** How far the owner's mean lies from the population's: 1 for the usual person of the prior's population. */
  readonly distance: number;
  readonly owner: Expected;
  readonly stranger: Expected;
}

export interface Expected {
  readonly mean: readonly number[];
  /** Of the mean: what is not known of this person. */
  readonly uncertainty: readonly number[];
  /** Scatter of one window of the usual number of strokes. */
  readonly within: readonly number[];
}

// Chosen on the development recordings by cross-validation over people: windows next to each other and sessions share their mood, so
// 45 s of activity are worth one independent look, and never more than 8 of them are known.
const INDEPENDENT_S = 45;
const MAX_LOOKS = 8;
/** Weight of the population's scatter beside the owner's own, in windows, and the most windows that the owner's may count for. */
const POPULATION_WINDOWS = 100;
const MAX_WINDOWS = 50;
const MIN_WINDOWS = 2;

/**
 * @param windows may overlap.
 * @param enrolledS seconds of activity that they cover.
 * @throws Error for fewer than two windows
 */
export function mouseProfileOf(
  windows: readonly MouseWindow[],
  enrolledS: number,
  prior: MouseWindowPrior,
): MouseProfile {
  if (windows.length < MIN_WINDOWS) throw new Error(`a mouse profile needs ${MIN_WINDOWS} windows`);
  const points = windows.map(({ vector }) => coordinates(prior, standardScores(prior, vector)));
  const mean = prior.between.map((_, i) => points.reduce((sum, point) => sum + at(point, i), 0) / points.length);
  const looks = Math.min(MAX_LOOKS, Math.max(1, enrolledS / INDEPENDENT_S));
  const distance = distanceOf(mean, prior.between, looks);
  const expected = expectations(mean, prior, looks, distance / prior.usualDistance);
  const independent = Math.min(MAX_WINDOWS, enrolledS / prior.seconds);
  return {
    format: 1,
    seconds: prior.seconds,
    enrolledS,
    distance,
    owner: { ...expected.owner, within: scatter(points, mean, independent) },
    stranger: { ...expected.stranger, within: scatter(points, mean, 0) },
  };
}

/** Mean over the directions of the square of the owner's mean in units of what it varies by from person to person. */
function distanceOf(mean: readonly number[], between: readonly number[], looks: number): number {
  return mean.reduce((sum, m, i) => sum + m ** 2 / ((between[i] ?? 1) + 1 / looks), 0) / mean.length;
}

/**
 * An owner much further out than people of the prior are: the whole population has moved (another mouse, another pointer speed, other
 * work), strangers at this machine with him. The move is estimated as a random effect, in each direction of variance `moved` times
 * that of people's means; the method of moments gives `moved` from the distance. At 0 this is the plain two-covariance score, with
 * growing distance the strangers' expectation goes over to one centred on the owner.
 */
function expectations(
  mean: readonly number[],
  { between }: MouseWindowPrior,
  looks: number,
  relativeDistance: number,
): Record<'owner' | 'stranger', Omit<Expected, 'within'>> {
  const moved = Math.max(0, relativeDistance - 1);
  const rows = mean.map((m, i) => {
    const b = between[i] ?? 1;
    const seen = b + 1 / looks;
    const share = moved / (1 + moved);
    const reach = b + moved * seen;
    return {
      ownerMean: (reach / (reach + 1 / looks)) * m,
      ownerUncertainty: reach / (1 + looks * reach),
      strangerMean: share * m,
      strangerUncertainty: b + share * seen,
    };
  });
  return {
    owner: { mean: rows.map((row) => row.ownerMean), uncertainty: rows.map((row) => row.ownerUncertainty) },
    stranger: { mean: rows.map((row) => row.strangerMean), uncertainty: rows.map((row) => row.strangerUncertainty) },
  };
}

/** (100 I + n C) / (100 + n), C the covariance (n) of the owner's windows. */
function scatter(points: readonly Float64Array[], mean: readonly number[], n: number): number[] {
  const k = mean.length;
  return Array.from({ length: k * k }, (_, index) => {
    const [i, j] = [Math.floor(index / k), index % k];
    const own = points.reduce((sum, p) => sum + (at(p, i) - (mean[i] ?? 0)) * (at(p, j) - (mean[j] ?? 0)), 0);
    return (POPULATION_WINDOWS * (i === j ? 1 : 0) + (n * own) / points.length) / (POPULATION_WINDOWS + n);
  });
}
