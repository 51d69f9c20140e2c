// The card of the linguistic model: all that is kept of it; its ONNX form is written from it. Text of unknown origin enters, a checked
// card leaves.
import * as v from 'valibot';
import { LINGUISTIC_FEATURES, LINGUISTIC_TABLE } from '../features/linguistic-features.ts';

export const LINGUISTIC_MODEL = 'linguistic-bayes';

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const rate = v.pipe(finite, v.minValue(0), v.maxValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const each = <T extends v.GenericSchema>(of: T) =>
  v.pipe(v.array(of), v.length(LINGUISTIC_FEATURES.length), v.readonly());

const cardSchema = v.object({
  format: v.literal(1),
  table: v.literal(LINGUISTIC_TABLE),
  /** SHA-256 of the prior that the owner was held against. */
  prior: sha256,
  /** On the scale of each feature. */
  owner: v.object({ mean: each(finite), variance: each(positive) }),
  calibration: v.object({ slope: positive, intercept: finite }),
  heldOut: v.object({ stretches: count, far: rate, frr: rate, eer: rate }),
  /** In the unit of each feature, for explanations. */
  usual: each(v.nullable(finite)),
  training: v.object({ fromUs: count, toUs: count, stretches: count, words: count }),
});
export type LinguisticCard = v.InferOutput<typeof cardSchema>;

/** @throws Error that names the first field that is wrong */
export function readLinguisticCard(text: string): LinguisticCard {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cardSchema), text);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? 'the card as a whole';
  throw new Error(
    `model ${LINGUISTIC_MODEL} refused: its card is malformed at ${where} (${issue.message}); train again`,
  );
}
