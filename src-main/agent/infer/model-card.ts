// The card beside every model file: what it reads, what it was trained on, how well it did, how its score is
// calibrated. Text of unknown origin enters, a checked card leaves.
import * as v from 'valibot';
import { MODALITIES } from '../../../src-preload/contract.ts';

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const rate = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** No path, so that a card can't point outside its folder. */
const plainName = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]*$/), v.maxLength(100));

const owner = v.pipe(
  v.object({
    mean: v.pipe(v.array(finite), v.readonly()),
    sd: v.pipe(v.array(v.pipe(finite, v.minValue(0))), v.readonly()),
  }),
  v.check(({ mean, sd }) => mean.length === sd.length, 'expected as many means as standard deviations'),
);

const modelCard = v.pipe(
  v.object({
    format: v.literal(1),
    /** `keystroke-forest`, `mouse-forest`, `mouse-svm`. */
    name: plainName,
    modality: v.picklist(MODALITIES),
    version: v.pipe(count, v.minValue(1)),
    createdMs: count,
    /** Beside the card. */
    file: plainName,
    /** Of the file, hex. */
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    /** The feature table with its version, and its width. */
    inputs: v.object({ table: v.picklist(['keystroke-140/1', 'mouse-38/1']), features: count }),
    /** The span of the owner's windows, microseconds since the epoch, their number, and the events in them. */
    training: v.object({ fromUs: count, toUs: count, windows: count, events: count }),
    /** Error rates on the owner's windows that training did not see; null where there were too few to tell. */
    heldOut: v.nullable(v.object({ windows: count, far: rate, frr: rate, eer: rate })),
    /** Log-likelihood ratio = slope · (score - center) / scale + intercept. */
    calibration: v.object({
      kind: v.literal('logistic'),
      slope: finite,
      intercept: finite,
      center: finite,
      scale: v.pipe(finite, v.gtValue(0)),
    }),
    /** The owner's mean and standard deviation of each feature, for explanations; empty where there are no vectors. */
    owner,
    /** Where the training data came from, in words. */
    source: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  }),
  v.check(
    (card) => card.owner.mean.length === 0 || card.owner.mean.length === card.inputs.features,
    "expected the owner's mean of each feature",
  ),
);
export type FeatureTable = ModelCard['inputs']['table'];
export type ModelCard = v.InferOutput<typeof modelCard>;

/** @param name of the model, for the message. @throws Error that names the first field that is wrong. */
export function checkCard(value: unknown, name: string): ModelCard {
  const result = v.safeParse(modelCard, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue) ?? 'the card as a whole';
  throw new Error(`model ${name} refused: its card is malformed at ${where} (${issue.message}); train again`);
}

/** @throws Error when the text is not a card. */
export function readCard(text: string, name: string): ModelCard {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`model ${name} refused: its card is not JSON; train again`, { cause: error });
  }
  return checkCard(value, name);
}

export const writeCard = (card: ModelCard): string => `${JSON.stringify(card, null, 2)}\n`;
