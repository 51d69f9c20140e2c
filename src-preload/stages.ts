// Stages that may work here, elsewhere, or in both places: what the user chooses, how they stand, and what goes from here to scorers.
import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(2000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const atMs = v.pipe(v.number(), v.finite());

/** local: here alone. both: what this machine makes is used, and compared with what comes from elsewhere. remote: what comes is used. */
export const stagePlace = v.picklist(['local', 'both', 'remote']);
export type StagePlace = v.InferOutput<typeof stagePlace>;

const whole = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );

export const STAGES_SETTINGS = {
  /** What windows of typing and the mouse are measured by, for a database; typing is always measured here. */
  features: v.optional(stagePlace, 'local'),
  /** Whose trust decides. */
  scoring: v.optional(stagePlace, 'local'),
  /** A remote score decides for so long after the end of its window: three hops of a scorer. */
  freshSeconds: v.optional(whole(2, 300), 15),
  /** The two scores may lie so far apart: as far as the thresholds of two neighbouring states do. */
  trustPoints: v.optional(whole(1, 100), 15),
  /** Above this share outside the tolerance the user is told. */
  outsidePercent: v.optional(whole(0, 100), 5),
} as const;

export const stageView = v.object({
  place: stagePlace,
  /** What is used at this moment; of features, for the mouse. */
  uses: v.picklist(['local', 'remote']),
  /** Why the local one is used although the other is wanted, or what can't be compared; and what to do about it. */
  reason: v.nullable(text),
  fix: v.nullable(text),
  /** End of the newest window that came from elsewhere. */
  lastRemoteMs: v.nullable(atMs),
  /** Since it began: what came over the channel of this subject and was no score, about another, old, or said before. */
  refused: count,
  /** Of the hour under way, or the one before while that is young. */
  comparison: v.nullable(
    v.object({
      sinceMs: atMs,
      /** Windows of both sides. */
      pairs: count,
      /** Figures that were compared, and those outside their tolerance. */
      compared: count,
      outside: count,
      /** Windows in which the states were not the same. */
      states: count,
      /** What is furthest outside; null where nothing is. */
      worst: v.nullable(text),
    }),
  ),
});
export type StageView = v.InferOutput<typeof stageView>;

export const stagesView = v.object({ features: stageView, scoring: stageView });
export type StagesView = v.InferOutput<typeof stagesView>;

/** The way of windows to the scorers. */
export const collectingView = v.object({
  wanted: v.boolean(),
  /** By the role that the program was started in: then the settings don't turn it off. */
  byRole: v.boolean(),
  /** Entries of this run: taken by Redis, waiting for it in memory, let go because too many waited. */
  sent: count,
  waiting: count,
  dropped: count,
  /** Why nothing goes there, the middle of a sentence, with what to do about it; null while it does. */
  reason: v.nullable(text),
});
export type CollectingView = v.InferOutput<typeof collectingView>;
