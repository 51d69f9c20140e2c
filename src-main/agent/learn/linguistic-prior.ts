// The shipped population prior of the 12 linguistic features: what people's writing is like, feature by feature, with where each number
// comes from. In: models/prior-linguistic.json. Out: people in general, and invented people to hold a model against. Built by
// src-main/evaluate/build-linguistic-prior.ts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { onScale } from '../features/feature-table.ts';
import { LINGUISTIC_FEATURES, LINGUISTIC_TABLE, STRETCH_WORDS } from '../features/linguistic-features.ts';
import type { FeaturePrior } from './naive-bayes.ts';
import { fromScale } from './prior.ts';
import type { Random } from './random.ts';

export const LINGUISTIC_PRIOR = 'prior-linguistic';

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));

const featureSchema = v.object({
  name: v.string(),
  /** On the scale of the feature (`log`: ln(1 + x)): mean of people, standard deviation from person to person, and from stretch to stretch of one. */
  mean: finite,
  between: positive,
  within: positive,
  /** Where from: measured on a source below, taken from a published table, or judged. */
  from: v.pipe(v.string(), v.minLength(1)),
});

const priorSchema = v.pipe(
  v.object({
    format: v.literal(1),
    table: v.literal(LINGUISTIC_TABLE),
    /** Of the stretches that `within` is for. */
    words: v.literal(STRETCH_WORDS),
    sources: v.array(v.object({ name: v.string(), citation: v.string(), licence: v.string() })),
    features: v.array(featureSchema),
  }),
  v.check(
    ({ features }) =>
      features.length === LINGUISTIC_FEATURES.length &&
      features.every(({ name }, i) => name === LINGUISTIC_FEATURES[i]?.name),
    'the features of the table, in its order',
  ),
);
export type LinguisticPriorFile = v.InferOutput<typeof priorSchema>;

export interface LinguisticPrior {
  /** In the order of the table. */
  readonly features: readonly FeaturePrior[];
  /** A stretch of an invented person, in the units of the table, within the bounds of each feature. */
  readonly stretch: (random: Random) => Float64Array;
}

/** @throws Error naming the file when it is missing, malformed or for another feature table. */
export async function loadLinguisticPrior(modelsDir: string): Promise<LinguisticPrior> {
  const file = path.join(modelsDir, `${LINGUISTIC_PRIOR}.json`);
  const parsed = v.safeParse(priorSchema, JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`linguistic prior ${file} is malformed: ${parsed.issues[0].message}`);
  return linguisticPriorOf(parsed.output);
}

function linguisticPriorOf({ features }: Pick<LinguisticPriorFile, 'features'>): LinguisticPrior {
  return {
    features,
    stretch: (random) =>
      Float64Array.from(LINGUISTIC_FEATURES, (feature, i) => {
        const { mean, between, within } = features[i] ?? { mean: 0, between: 0, within: 0 };
        const x = fromScale(feature, mean + between * random.normal() + within * random.normal());
        return Math.max(0, feature.unit === 'share' ? Math.min(1, x) : x);
      }),
  };
}

/** Values in the units of the table on the scale of each feature, NaN for missing. */
export const scaled = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(LINGUISTIC_FEATURES, ({ scale }, i) => {
    const value = values[i] ?? Number.NaN;
    return Number.isNaN(value) ? Number.NaN : onScale(scale, value);
  });
