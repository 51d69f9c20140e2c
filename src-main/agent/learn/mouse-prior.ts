// The shipped prior of the 79-number mouse vector: how windows of one person differ from each other and people from people, as
// aggregate statistics, nobody's samples. In: models/prior-mouse-79.json. Out: the coordinates of a window in which one person
// scatters with variance 1 and people with variance b: the two-covariance model of Ioffe, "Probabilistic Linear Discriminant
// Analysis", ECCV 2006. Built by src-main/evaluate/build-mouse-prior.ts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { at } from '../features/distribution.ts';
import { MOUSE_79_FEATURES } from '../features/mouse-79.ts';

export const MOUSE_79_TABLE = 'mouse-79/1';
export const MOUSE_79_PRIOR = 'prior-mouse-79';

const FEATURES = MOUSE_79_FEATURES.length;
const numbers = (length: number) => v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(length));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));

const windowSchema = v.pipe(
  v.object({
    /** Length of the window in seconds of activity; statistics of other lengths do not fit. */
    seconds: positive,
    windows: v.number(),
    /** Median number of strokes: a window with half as many scatters twice as much. */
    typicalStrokes: positive,
    /** A feature is told in `sd` from `mean`, within ±4; 0 where it is missing. */
    mean: numbers(FEATURES),
    sd: v.pipe(v.array(positive), v.length(FEATURES)),
    /** Mean over people of their mean, on that scale. */
    centre: numbers(FEATURES),
    /** Each of 79 numbers; the scatter of one person is 1 along each of them. */
    directions: v.pipe(v.array(numbers(FEATURES)), v.minLength(1)),
    /** Variance between people along each direction. */
    between: v.array(positive),
    /** 90th percentile, over people whom the prior does not know, of the distance in mouse-profile.ts. */
    usualDistance: positive,
    /** LLR = slope * score + intercept, and how it was measured. */
    calibration: v.object({ slope: positive, intercept: v.number(), measured: v.string() }),
  }),
  v.check(({ directions, between }) => directions.length === between.length, 'as many variances as directions'),
);

const priorSchema = v.object({
  format: v.literal(1),
  table: v.literal(MOUSE_79_TABLE),
  people: v.number(),
  sources: v.array(v.object({ name: v.string(), citation: v.string(), licence: v.string() })),
  windows: v.pipe(v.array(windowSchema), v.minLength(1)),
});
export type MousePriorFile = v.InferOutput<typeof priorSchema>;
export type MouseWindowPrior = v.InferOutput<typeof windowSchema>;

export interface MousePrior {
  readonly file: MousePriorFile;
  /** Statistics of the window length closest to this, by ratio. */
  readonly forSeconds: (seconds: number) => MouseWindowPrior;
}

/** @throws Error naming the file when it is missing, malformed or of another feature table. */
export async function loadMousePrior(modelsDir: string): Promise<MousePrior> {
  const file = path.join(modelsDir, `${MOUSE_79_PRIOR}.json`);
  const parsed = v.safeParse(priorSchema, JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`mouse prior ${file} is malformed: ${parsed.issues[0].message}`);
  return mousePriorOf(parsed.output);
}

export function mousePriorOf(file: MousePriorFile): MousePrior {
  const [first, ...rest] = file.windows;
  if (first === undefined) throw new Error('the mouse prior has no statistics for any length of window');
  return {
    file,
    forSeconds: (seconds) => {
      const apart = (one: MouseWindowPrior): number => Math.abs(Math.log(one.seconds / seconds));
      return rest.reduce((best, one) => (apart(one) < apart(best) ? one : best), first);
    },
  };
}

/** Further out lies the accident of one window. */
const MAX_SD = 4;

/** @param vector 79 values, NaN where missing. @returns 79 numbers: standard deviations from the mean, 0 where missing */
export function standardScores(
  { mean, sd }: Pick<MouseWindowPrior, 'mean' | 'sd'>,
  vector: Float64Array,
): Float64Array {
  const scores = new Float64Array(vector.length);
  for (let i = 0; i < vector.length; i += 1) {
    const z = (at(vector, i) - (mean[i] ?? 0)) / (sd[i] ?? 1);
    scores[i] = Number.isNaN(z) ? 0 : Math.min(MAX_SD, Math.max(-MAX_SD, z));
  }
  return scores;
}

/** @param scores from {@link standardScores}. @returns one coordinate for each direction of the prior */
export function coordinates({ centre, directions }: MouseWindowPrior, scores: Float64Array): Float64Array {
  const apart = new Float64Array(scores.length);
  for (let i = 0; i < apart.length; i += 1) apart[i] = at(scores, i) - (centre[i] ?? 0);
  const point = new Float64Array(directions.length);
  for (let k = 0; k < point.length; k += 1) {
    const direction = directions[k] ?? [];
    let sum = 0;
    for (let i = 0; i < apart.length; i += 1) sum += at(apart, i) * (direction[i] ?? 0);
    point[k] = sum;
  }
  return point;
}
