// The card of the mouse's stroke model: the profile itself, what it was learned from and how well it knew the owner's windows that it
// had not seen. Text of unknown origin enters, a checked card leaves.
import * as v from 'valibot';
import { MOUSE_79_FEATURES } from '../features/mouse-79.ts';
import { MOUSE_79_TABLE, type MouseWindowPrior } from '../learn/mouse-prior.ts';

export const STROKE_MODEL = 'mouse-strokes';

const FEATURES = MOUSE_79_FEATURES.length;
const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const list = <T extends v.GenericSchema>(of: T, length: number) => v.pipe(v.array(of), v.length(length), v.readonly());

const cardFor = (directions: number) => {
  const expected = v.object({
    mean: list(finite, directions),
    uncertainty: list(positive, directions),
    within: list(finite, directions * directions),
  });
  return v.object({
    format: v.literal(1),
    table: v.literal(MOUSE_79_TABLE),
    /** SHA-256 of the prior's statistics, in whose coordinates the profile is told: in others it means nothing. */
    prior: sha256,
    profile: v.object({
      format: v.literal(1),
      seconds: positive,
      enrolledS: positive,
      distance: v.pipe(finite, v.minValue(0)),
      owner: expected,
      stranger: expected,
    }),
    /** The owner's mean and standard deviation of each feature, for explanations; sd 0 where there were too few windows with it. */
    owner: v.object({ mean: list(finite, FEATURES), sd: list(v.pipe(finite, v.minValue(0)), FEATURES) }),
    training: v.object({ fromUs: count, toUs: count, windows: count, events: count }),
  });
};
export type StrokeCard = v.InferOutput<ReturnType<typeof cardFor>>;

/**
 * @param print SHA-256 of the prior's statistics
 * @returns null for a card of another prior. @throws Error that names the first field that is wrong
 */
export function readStrokeCard(text: string, prior: MouseWindowPrior, print: string): StrokeCard | null {
  const json = v.pipe(v.string(), v.parseJson());
  const of = v.safeParse(v.pipe(json, v.object({ prior: sha256 })), text);
  if (of.success && of.output.prior !== print) return null;
  const parsed = v.safeParse(v.pipe(json, cardFor(prior.directions.length)), text);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? 'the card as a whole';
  throw new Error(`model ${STROKE_MODEL} refused: its card is malformed at ${where} (${issue.message}); train again`);
}
