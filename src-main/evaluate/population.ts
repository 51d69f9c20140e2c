// Windows of several people in, the aggregate statistics that ship as the population prior out.
import { onScale, type Feature } from '../agent/features/index.ts';

/** One person's windows, NaN where a window lacks the feature. */
export type Person = readonly Float32Array[];

export interface Population {
  readonly mean: number[];
  readonly sdBetween: number[];
  readonly sdWithin: number[];
  /** Thousandths, lower triangle row by row without the diagonal. */
  readonly corrBetween: number[];
  readonly corrWithin: number[];
}

/** Fewer people than this with a feature tell nothing about it: it takes the average of its kind. */
const MIN_PEOPLE = 8;
/** Shrinkage of correlations toward zero: Ledoit & Wolf, J. Multivariate Analysis 88, 2004, with a fixed share. */
const SHRINK_BETWEEN = 0.8;
const SHRINK_WITHIN = 0.9;

/** @param people windows of each; features in their own units. Statistics are in the domain of each feature's scale. */
export function populationOf(people: readonly Person[], features: readonly Feature[]): Population {
  const domain = people.map((windows) =>
    windows.map((vector) => features.map((f, i) => onScale(f.scale, vector[i] ?? Number.NaN))),
  );
  const centres = domain.map((windows) => features.map((_, i) => meanOf(windows.map((row) => row[i] ?? Number.NaN))));
  const deviations = domain.flatMap((windows, p) =>
    windows.map((row) => row.map((x, i) => x - (centres[p]?.[i] ?? Number.NaN))),
  );
  const mean = features.map((_, i) => meanOf(centres.map((row) => row[i] ?? Number.NaN)));
  const within = features.map((_, i) => spreadOf(deviations.map((row) => row[i] ?? Number.NaN)));
  const between = features.map((_, i) => spreadOf(centres.map((row) => (row[i] ?? Number.NaN) - (mean[i] ?? 0))));
  const known = features.map((_, i) => centres.filter((row) => Number.isFinite(row[i])).length >= MIN_PEOPLE);
  const filled = (values: readonly number[]): number[] => fillUnknown(values, known, features);
  return {
    mean: filled(mean).map((x) => round(x)),
    sdBetween: filled(between).map((x) => round(x)),
    sdWithin: filled(within).map((x) => round(x)),
    corrBetween: correlations(
      centres.map((row) => row.map((x, i) => x - (mean[i] ?? 0))),
      known,
      SHRINK_BETWEEN,
    ),
    corrWithin: correlations(deviations, known, SHRINK_WITHIN),
  };
}

function meanOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? Number.NaN : finite.reduce((sum, x) => sum + x, 0) / finite.length;
}

/** Root mean square of centred values, those more than 4 spreads out cut off once: one odd window must not widen everybody. */
function spreadOf(centred: readonly number[]): number {
  const finite = centred.filter(Number.isFinite);
  const rms = (xs: readonly number[]): number =>
    Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0) / Math.max(1, xs.length));
  const first = rms(finite);
  return rms(finite.map((x) => Math.min(4 * first, Math.max(-4 * first, x))));
}

/** The kind of a feature is the part of its name before the dot: `digraph.th` takes the average of the digraphs. */
function fillUnknown(values: readonly number[], known: readonly boolean[], features: readonly Feature[]): number[] {
  const kind = (i: number): string => features[i]?.name.split('.')[0] ?? '';
  return values.map((x, i) => {
    if (known[i] === true && Number.isFinite(x)) return x;
    const alike = values.filter((_, j) => known[j] === true && kind(j) === kind(i));
    const average = meanOf(alike);
    return Number.isFinite(average) ? average : 0;
  });
}

function correlations(rows: readonly (readonly number[])[], known: readonly boolean[], shrink: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < known.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      out.push(known[i] === true && known[j] === true ? Math.round(1000 * shrink * correlation(rows, i, j)) : 0);
    }
  }
  return out;
}

/**
 * Pearson's with missing values at the mean: unlike a correlation over the rows that have both, the matrix of these is that of
 * real vectors, so that people can be drawn from it.
 */
function correlation(rows: readonly (readonly number[])[], i: number, j: number): number {
  let [ii, jj, ij] = [0, 0, 0];
  for (const row of rows) {
    const [a, b] = [finiteOr0(row[i]), finiteOr0(row[j])];
    [ii, jj, ij] = [ii + a * a, jj + b * b, ij + a * b];
  }
  return ii === 0 || jj === 0 ? 0 : ij / Math.sqrt(ii * jj);
}

const finiteOr0 = (x: number | undefined): number => (x !== undefined && Number.isFinite(x) ? x : 0);

const round = (x: number): number => Number(x.toPrecision(5));
