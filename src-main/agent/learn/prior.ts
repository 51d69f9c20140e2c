// The shipped population prior of one feature table: what people's windows are like, as aggregate statistics, nobody's samples.
// In: models/prior-*.json. Out: invented people to train and to calibrate against. Built by src-main/evaluate/build-prior.ts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Feature } from '../features/feature-table.ts';
import type { Random } from './random.ts';

const numbers = v.array(v.number());
const priorSchema = v.object({
  format: v.literal(1),
  table: v.string(),
  people: v.number(),
  windows: v.number(),
  sources: v.array(v.object({ name: v.string(), citation: v.string(), licence: v.string() })),
  /** In the statistics domain of each feature (`log`: ln(1 + x)); one number a feature. */
  mean: numbers,
  sdBetween: numbers,
  sdWithin: numbers,
  /** Correlations in thousandths, lower triangle row by row without the diagonal. */
  corrBetween: numbers,
  corrWithin: numbers,
  /** By model name: LLR = slope * z + intercept, z as in infer/calibration.ts; and how it was measured. */
  calibration: v.record(v.string(), v.object({ slope: v.number(), intercept: v.number(), measured: v.string() })),
});
export type PriorFile = v.InferOutput<typeof priorSchema>;

export interface Prior {
  readonly file: PriorFile;
  /** Population mean of each feature in its own unit: what a missing feature is replaced by. */
  readonly fallback: Float32Array;
  /**
   * 1 where people differ from each other more than one person does from window to window. Training looks at these alone: on
   * the others a forest finds the difference between a real window and an invented one instead of that between people.
   */
  readonly telling: Uint8Array;
  /** One invented person: the mean of his windows, in the statistics domain. */
  readonly person: (random: Random) => Float64Array;
  /** The deviation of one window from its person, in the statistics domain. */
  readonly deviation: (random: Random) => Float64Array;
}

/** Back from the statistics domain of a feature to its unit: the inverse of `onScale`. */
export const fromScale = (feature: Feature, y: number): number => (feature.scale === 'log' ? Math.expm1(y) : y);

/** @throws Error naming the file when it is missing or malformed, or was built for another feature table. */
export async function loadPrior(
  modelsDir: string,
  name: string,
  table: string,
  features: readonly Feature[],
): Promise<Prior> {
  const file = path.join(modelsDir, `${name}.json`);
  const parsed = v.safeParse(priorSchema, JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`population prior ${file} is malformed: ${parsed.issues[0].message}`);
  if (parsed.output.table !== table)
    throw new Error(`population prior ${file} is for ${parsed.output.table}, not ${table}`);
  return priorOf(parsed.output, features);
}

export function priorOf(file: PriorFile, features: readonly Feature[]): Prior {
  const d = features.length;
  if (file.mean.length !== d || file.sdBetween.length !== d || file.sdWithin.length !== d) {
    throw new Error(`population prior for ${file.table} has ${file.mean.length} features, expected ${d}`);
  }
  const between = choleskyOfCorrelation(file.corrBetween, d);
  const within = choleskyOfCorrelation(file.corrWithin, d);
  return {
    file,
    fallback: Float32Array.from(features, (feature, i) => fromScale(feature, file.mean[i] ?? 0)),
    telling: Uint8Array.from(features, (_, i) => ((file.sdBetween[i] ?? 0) > (file.sdWithin[i] ?? 0) ? 1 : 0)),
    person: (random) => draw(between, file.sdBetween, random, file.mean),
    deviation: (random) => draw(within, file.sdWithin, random, null),
  };
}

function draw(
  factor: Float64Array,
  sd: readonly number[],
  random: Random,
  mean: readonly number[] | null,
): Float64Array {
  const d = sd.length;
  const z = Float64Array.from({ length: d }, () => random.normal());
  const out = new Float64Array(d);
  for (let i = 0; i < d; i += 1) {
    let sum = 0;
    for (let j = 0; j <= i; j += 1) sum += (factor[i * d + j] ?? 0) * (z[j] ?? 0);
    out[i] = (mean?.[i] ?? 0) + sum * (sd[i] ?? 0);
  }
  return out;
}

/** Cholesky factor (d x d row-major, lower) of a correlation matrix given as thousandths; rounding is absorbed by a small ridge. */
function choleskyOfCorrelation(thousandths: readonly number[], d: number): Float64Array {
  if (thousandths.length !== (d * (d - 1)) / 2)
    throw new Error('population prior: the correlation matrix has the wrong size');
  const factor = new Float64Array(d * d);
  const at = (i: number, j: number): number => factor[i * d + j] ?? 0;
  for (let i = 0; i < d; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = i === j ? 1.01 : (thousandths[(i * (i - 1)) / 2 + j] ?? 0) / 1000;
      for (let k = 0; k < j; k += 1) sum -= at(i, k) * at(j, k);
      if (i === j && !(sum > 0)) throw new Error('population prior: the correlations belong to no set of people');
      if (i === j) factor[i * d + i] = Math.sqrt(sum);
      else factor[i * d + j] = sum / at(j, j);
    }
  }
  return factor;
}
