// What the agent tells of what it has learned: the owner's profiles, the versions of their models and how well each works; and the
// impostor drill.
import * as v from 'valibot';
import { atMs, count, modality, state, text, trust } from './views.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** A measured share with its 95 % interval. */
const measured = v.object({ value: share, low: share, high: share });
export type Measured = v.InferOutput<typeof measured>;

/**
 * How well a model tells its owner from others: on stretches of the owner's that it had not learned from, against people invented
 * from the population prior, who do the same. Real colleagues may be more alike, and days differ more than hours: the drill tells.
 */
const accuracy = v.object({
  /** What is judged at a time: `50 keystrokes`, `15 s of use`. */
  window: text,
  genuineTrials: count,
  impostorTrials: count,
  /** Where as many of the owner's windows are refused as of others' accepted. */
  eer: measured,
  /** At the threshold in force: of others' windows accepted, of the owner's refused. */
  far: measured,
  frr: measured,
  /** Points [FAR, FRR] of the trade-off, from the strictest threshold to the laxest; 60 at most. */
  det: v.pipe(v.array(v.tuple([share, share])), v.maxLength(60)),
});
export type Accuracy = v.InferOutput<typeof accuracy>;

const modelVersion = v.object({
  version: count,
  createdMs: atMs,
  /** enrolment: the first. more: much more was known. drift: the owner had changed. confirmed: an alarm was the owner's. */
  why: v.picklist(['enrolment', 'more', 'drift', 'confirmed', 'asked']),
  /** What it was learned from, in the events of the modality. */
  events: count,
  /** null where too little was held out to measure it. */
  accuracy: v.nullable(accuracy),
  inUse: v.boolean(),
});
export type ModelVersion = v.InferOutput<typeof modelVersion>;

const learnedModality = v.object({
  modality,
  /** none: no model yet. young: it scores, but has seen less than a full enrolment. mature: it may lock. */
  maturity: v.picklist(['none', 'young', 'mature']),
  /** Events learned from against those that are asked for. */
  have: count,
  need: count,
  unit: text,
  /** Where it stands, in a sentence or two: "62 %, about 25 minutes of typing to go." */
  sentence: text,
  /** Newest first. */
  versions: v.array(modelVersion),
});
export type LearnedModality = v.InferOutput<typeof learnedModality>;

export const PROFILE_NAME_LENGTH = 40;
const profileName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(PROFILE_NAME_LENGTH, `must be at most ${PROFILE_NAME_LENGTH} characters long`),
);
/** One way in which the owner works: the laptop's keyboard, the one at the dock, with an injured hand. */
const profile = v.object({
  id: text,
  name: profileName,
  createdMs: atMs,
  /** learning: what comes in now teaches this one. in-use: fits best what came in last. */
  status: v.picklist(['learning', 'in-use', 'resting']),
  /** Typing and mouse. */
  modalities: v.array(learnedModality),
});
export type Profile = v.InferOutput<typeof profile>;

/** A fall to restricted or lower. */
const alarm = v.object({
  atMs,
  to: state,
  reason: text,
  /** owner: the user has confirmed, after the password, that it was he. */
  verdict: v.nullable(v.picklist(['owner'])),
  /** Whether what was typed and moved then is still in memory, to learn from. */
  canTeach: v.boolean(),
});
export type Alarm = v.InferOutput<typeof alarm>;

export const learning = v.object({
  profiles: v.array(profile),
  /** What does not depend on keyboard and mouse. */
  shared: v.array(learnedModality),
  /** Of the last 30 days, newest first, 50 at most. */
  alarms: v.array(alarm),
  /** Why nothing that changes what is known of the owner may be done now, and what to do; null when it may: the password was typed lately. */
  refusal: v.nullable(text),
});
export type Learning = v.InferOutput<typeof learning>;

/** A colleague types for some minutes: would it have been noticed? Nothing is learned meanwhile, and every alarm is real. */
export const drill = v.object({
  startedMs: atMs,
  /** When it ends by itself. */
  untilMs: atMs,
  /** null while it is under way. */
  endedMs: v.nullable(atMs),
  /** Of the colleague's. */
  keystrokes: count,
  lowestTrust: v.nullable(trust),
  /** The alarms that came, mildest first: how long and how many keystrokes after the start. */
  alarms: v.array(v.object({ state, seconds: v.pipe(v.number(), v.minValue(0)), keystrokes: count, reason: text })),
  /** What came of it, or how it stands, in a sentence or two. */
  sentence: text,
});
export type Drill = v.InferOutput<typeof drill>;

/** What the calls of contract.ts take. */
export const learningArguments = {
  addProfile: v.object({ name: profileName }),
  renameProfile: v.object({ id: text, name: profileName }),
  profile: v.object({ id: text }),
  version: v.object({ profile: v.nullable(text), modality, version: count }),
  drillMinutes: v.object({ minutes: v.pipe(v.number(), v.minValue(0.5), v.maxValue(30)) }),
} as const;
