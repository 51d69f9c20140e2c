// The owner's windows and the population prior in, windows of invented other people out: what a forest learns to tell apart.
// An invented window keeps what depends on the text and not on the person from a real one: which features are missing, and the
// grid that shares have with so many events. Otherwise a forest would learn that instead of learning people.
import type { Feature } from '../features/index.ts';
import { fromScale, type Prior } from './prior.ts';
import type { Random } from './random.ts';

export interface OwnerWindow {
  readonly vector: Float32Array;
  readonly events: number;
}

/**
 * @param owner at least one window; vectors of `features.length` numbers, missing features at the prior's fallback.
 * @returns `count` vectors, row-major, each of another invented person.
 */
export function inventWindows(
  owner: readonly OwnerWindow[],
  features: readonly Feature[],
  prior: Prior,
  count: number,
  random: Random,
): Float32Array {
  const d = features.length;
  const rows = new Float32Array(count * d);
  for (let k = 0; k < count; k += 1) {
    const model = owner[random.int(owner.length)];
    if (model === undefined) throw new Error('inventing windows needs at least one window of the owner');
    const person = prior.person(random);
    const deviation = prior.deviation(random);
    features.forEach((feature, i) => {
      const x = fromScale(feature, (person[i] ?? 0) + (deviation[i] ?? 0));
      rows[k * d + i] = isMissing(model.vector, i, prior)
        ? (model.vector[i] ?? 0)
        : plausible(feature, x, model.events);
    });
  }
  return rows;
}

export const isMissing = (vector: Float32Array, i: number, prior: Prior): boolean => vector[i] === prior.fallback[i];

/** Replaces missing (NaN) features by the population's mean, as the agent does when it measures. */
export const filled = (vector: Float32Array, prior: Prior): Float32Array =>
  vector.map((x, i) => (Number.isNaN(x) ? (prior.fallback[i] ?? 0) : x));

/** Inside the feature's bounds, shares on the grid that a window of so many events can have. */
function plausible(feature: Feature, x: number, events: number): number {
  if (feature.unit === 'share') return Math.round(Math.min(1, Math.max(0, x)) * events) / events;
  if (feature.unit === 'count') return Math.max(0, Math.round(x));
  return feature.scale === 'log' ? Math.max(0, x) : x;
}

/** Weight of the population's spread beside the owner's own, in windows: few windows look more alike than a person is. */
const POPULATION_WINDOWS = 20;

/** Mean and standard deviation of each feature over the windows that have it: what is usual for the owner. */
export function usualOf(
  windows: readonly OwnerWindow[],
  features: readonly Feature[],
  prior: Prior,
): { readonly mean: number[]; readonly sd: number[] } {
  const mean: number[] = [];
  const sd: number[] = [];
  features.forEach((feature, i) => {
    const values = windows.filter(({ vector }) => !isMissing(vector, i, prior)).map(({ vector }) => vector[i] ?? 0);
    const mu = values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);
    const squares = values.reduce((sum, x) => sum + (x - mu) ** 2, 0);
    // On a log scale the spread is relative: d(e^y - 1) = (1 + x) dy.
    const usualSpread = (prior.file.sdWithin[i] ?? 0) * (feature.scale === 'log' ? 1 + mu : 1);
    const variance = (squares + POPULATION_WINDOWS * usualSpread ** 2) / (values.length + POPULATION_WINDOWS);
    mean.push(mu);
    sd.push(values.length === 0 ? 0 : Math.sqrt(variance));
  });
  return { mean, sd };
}
