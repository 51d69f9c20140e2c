// What is kept of the owner's switches between applications: counts, probabilities and names, as plain JSON. Unknown
// JSON enters, a checked model leaves.
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
/** Normal distribution of the logarithm of a time in milliseconds. */
const logNormal = v.object({ mean: v.pipe(v.number(), v.finite()), variance: positive });
const app = v.object({
  name: v.string(),
  arrivals: count,
  departures: count,
  /** Position of the next application in `apps`, and how often it came next. */
  next: v.array(v.tuple([count, count])),
  dwell: logNormal,
});
const markovModel = v.object({
  format: v.literal(1),
  transitions: v.pipe(count, v.minValue(1)),
  apps: v.pipe(v.array(app), v.minLength(1)),
  /** Probability of each hour of the day; they add up to 1. */
  hours: v.pipe(v.array(positive), v.length(24)),
  dwell: logNormal,
});
export type MarkovModel = v.InferOutput<typeof markovModel>;
export type LogNormal = v.InferOutput<typeof logNormal>;

/** Reads a model that was kept as JSON. @throws Error when it is not one. */
export function checkMarkov(value: unknown): MarkovModel {
  const result = v.safeParse(markovModel, value);
  if (!result.success) {
    const [issue] = result.issues;
    throw new Error(`the application model is malformed at ${v.getDotPath(issue) ?? 'its root'}; train again`);
  }
  if (result.output.apps.some(({ next }) => next.some(([to]) => to >= result.output.apps.length))) {
    throw new Error('the application model is malformed: it names an application that it does not hold; train again');
  }
  return result.output;
}
