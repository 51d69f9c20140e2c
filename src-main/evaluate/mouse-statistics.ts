// Measured windows of several people in, the within/between statistics of the mouse prior out.
import { at } from '../agent/features/distribution.ts';
import { standardScores, type MouseWindowPrior } from '../agent/learn/mouse-prior.ts';
import type { MouseWindow } from '../agent/learn/mouse-profile.ts';
import { generalisedEigen } from '../agent/learn/symmetric-eigen.ts';

export interface MousePerson {
  /** Of an early and of a later recording: a person's scatter is that within and that between the two. */
  readonly early: readonly MouseWindow[];
  readonly later: readonly MouseWindow[];
}

export type MouseStatistics = Omit<MouseWindowPrior, 'usualDistance' | 'calibration'>;

// Chosen on the development recordings by cross-validation over people.
/** Share by which correlations within a person are drawn to zero: Ledoit and Wolf, J. Multivariate Analysis 88, 2004, fixed. */
const SHRINK = 0.2;
const DIRECTIONS = 28;
/** A person's mean is itself uncertain; and no direction tells nothing. */
const VARIANCE_OF_MEANS = 1 / 6;
const LEAST_BETWEEN = 0.05;
/** Of a feature that nobody's windows varied in: it points nowhere, and the matrix stays invertible. */
const LEAST_WITHIN = 1e-3;

/** @throws Error for fewer than two people with early windows */
export function mouseStatisticsOf(people: readonly MousePerson[], seconds: number): MouseStatistics {
  const known = people.filter(({ early }) => early.length > 0);
  if (known.length < 2) throw new Error('the mouse prior needs windows of two people at least');
  const all = known.flatMap(({ early, later }) => [...early, ...later]);
  const scale = scaleOf(all);
  const d = scale.mean.length;
  const scored = (windows: readonly MouseWindow[]): Float64Array[] =>
    windows.map(({ vector }) => standardScores(scale, vector));
  const persons = known.map(({ early, later }) => ({ early: scored(early), later: scored(later) }));
  const means = persons.map(({ early }) => meanOf(early, d));
  const centre = meanOf(means, d);
  const half = (of: 'early' | 'later'): Float64Array =>
    scatterOf(
      persons.map((p) => p[of]),
      means,
      d,
    );
  const [early, later] = [half('early'), half('later')];
  const within = early.map((x, i) => {
    const both = (x + at(later, i)) / 2;
    return i % (d + 1) === 0 ? Math.max(both, LEAST_WITHIN) : (1 - SHRINK) * both;
  });
  const between = scatterOf([means], [centre], d).map((x) => (x * means.length) / (means.length - 1));
  const { values, vectors } = generalisedEigen(between, within, d);
  // Means of n people differ in n - 1 directions; any further one is made of rounding.
  const directions = Math.min(DIRECTIONS, known.length - 1);
  return {
    seconds,
    windows: all.length,
    typicalStrokes: medianOf(all.map(({ strokes }) => strokes)),
    mean: rounded(scale.mean),
    sd: rounded(scale.sd),
    centre: rounded(centre),
    directions: vectors.slice(0, directions).map((vector) => rounded(vector)),
    between: rounded(values.slice(0, directions).map((x) => Math.max(x - VARIANCE_OF_MEANS, LEAST_BETWEEN))),
  };
}

/** Mean and standard deviation (n) of each feature over the windows that have it. */
function scaleOf(windows: readonly MouseWindow[]): { mean: number[]; sd: number[] } {
  const d = windows[0]?.vector.length ?? 0;
  const columns = Array.from({ length: d }, (_, i) =>
    windows.map(({ vector }) => at(vector, i)).filter((x) => !Number.isNaN(x)),
  );
  const mean = columns.map((column) => column.reduce((sum, x) => sum + x, 0) / Math.max(1, column.length));
  const sd = columns.map((column, i) => {
    const squares = column.reduce((sum, x) => sum + (x - (mean[i] ?? 0)) ** 2, 0);
    return Math.sqrt(squares / Math.max(1, column.length)) + 1e-6;
  });
  return { mean, sd };
}

function meanOf(rows: readonly Float64Array[], d: number): Float64Array {
  const mean = new Float64Array(d);
  for (const row of rows) for (let i = 0; i < d; i += 1) mean[i] = at(mean, i) + at(row, i) / rows.length;
  return mean;
}

/** Mean over all rows of (row - centre)(row - centre)ᵀ, each group around its own centre. */
function scatterOf(groups: readonly (readonly Float64Array[])[], centres: readonly Float64Array[], d: number) {
  const scatter = new Float64Array(d * d);
  const count = groups.reduce((sum, rows) => sum + rows.length, 0);
  groups.forEach((rows, g) => {
    for (const row of rows) {
      const away = row.map((x, i) => x - (centres[g]?.[i] ?? 0));
      for (let i = 0; i < d; i += 1) {
        for (let j = 0; j < d; j += 1)
          scatter[i * d + j] = at(scatter, i * d + j) + (at(away, i) * at(away, j)) / count;
      }
    }
  });
  return scatter;
}

const medianOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 1;

const rounded = (values: ArrayLike<number>): number[] => Array.from(values, (x) => Number(x.toPrecision(5)));
