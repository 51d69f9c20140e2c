// What the agent tells of itself: the views that the dashboard, the tray and the command line show.
import * as v from 'valibot';
import { ability, hostAbilities, userSettings } from './settings.ts';
import { collectingView, stagesView } from './stages.ts';

export const MODALITIES = ['keystroke', 'mouse', 'app', 'linguistic'] as const;
export type Modality = (typeof MODALITIES)[number];

/** Which of them can carry a trust score alone: the others tell too little, and only add to it. */
export const CARRIES = {
  keystroke: true,
  mouse: true,
  app: false,
  linguistic: false,
} as const satisfies Record<Modality, boolean>;

/** In order of falling trust. LEARNING has no score; LOCKDOWN locks only where the user has turned that on. */
export const STATES = ['LEARNING', 'NORMAL', 'MONITORING', 'RESTRICTED', 'LOCKDOWN'] as const;
export type State = (typeof STATES)[number];

export const modality = v.picklist(MODALITIES);
export const state = v.picklist(STATES);
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** 0-100. */
export const trust = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
/** Milliseconds since the Unix epoch. */
export const atMs = v.pipe(v.number(), v.minValue(0));
export const text = v.pipe(v.string(), v.maxLength(2000));

export const trustPoint = v.object({
  atMs,
  /** null while learning. */
  trust: v.nullable(trust),
  /** The band of uncertainty around `trust`. */
  low: v.nullable(trust),
  high: v.nullable(trust),
  state,
});
export type TrustPoint = v.InferOutput<typeof trustPoint>;

export const decision = v.object({
  atMs,
  from: state,
  to: state,
  trust: v.nullable(trust),
  /** Points of trust that each modality moved since the previous decision. */
  points: v.record(v.string(), v.number()),
  /** One sentence in plain words. */
  reason: text,
});
export type Decision = v.InferOutput<typeof decision>;

const modalityView = v.object({
  modality,
  /**
   * unavailable: no source of events on this machine, see `reason` and `fix`. learning: enrolment is not complete.
   * training: a model is being made. waiting: a model, but too little fresh input. scoring: contributes to the trust score.
   */
  status: v.picklist(['unavailable', 'learning', 'training', 'waiting', 'scoring']),
  reason: v.nullable(text),
  /** The one thing to do about it. */
  fix: v.nullable(text),
  /** By what means its events are seen, where there are several: `XInput2`. */
  through: v.nullable(text),
  /** How well the last window fits the owner, 0-100; null without a fresh window. */
  score: v.nullable(trust),
  /** Points of trust added or taken in the last minute. */
  pointsLastMinute: v.number(),
  /** Events in the current window against the events that a score needs. */
  evidence: v.object({ have: count, need: count, unit: text }),
  /** Events learned from against the events that enrolment needs. */
  enrolment: v.object({ have: count, need: count, unit: text }),
  /** The strongest reasons for the score in plain words, three at most; null without a score. */
  strongest: v.nullable(text),
});
export type ModalityView = v.InferOutput<typeof modalityView>;

const budgetItem = v.object({ used: v.pipe(v.number(), v.minValue(0)), limit: v.pipe(v.number(), v.minValue(0)) });
const budget = v.object({ memoryMiB: budgetItem, cpuPercent: budgetItem, storageMiB: budgetItem });
export type Budget = v.InferOutput<typeof budget>;

const notice = v.object({ atMs, level: v.picklist(['info', 'warning', 'error']), text });
export type Notice = v.InferOutput<typeof notice>;

/** In force since `sinceMs`; without `untilMs`, until somebody resumes. */
export const pause = v.object({ sinceMs: atMs, untilMs: v.nullable(atMs) });
export type Pause = v.InferOutput<typeof pause>;

/** The screen is locked at this moment unless the user re-authenticates before. */
export const locking = v.object({ atMs });

export const snapshot = v.object({
  version: text,
  atMs,
  /** Where the events come from; everything but `live` is said on the dashboard. */
  source: v.picklist(['live', 'replay', 'synthetic', 'api', 'redis']),
  state,
  sinceMs: atMs,
  /** Nothing is watched, learned or judged meanwhile. */
  paused: v.nullable(pause),
  locking: v.nullable(locking),
  /** What is typed at a locked screen is not looked at. */
  screen: v.picklist(['open', 'locked']),
  trust: v.nullable(trust),
  low: v.nullable(trust),
  high: v.nullable(trust),
  /** What the score means, one or two sentences in plain words. */
  sentence: text,
  enrolment: v.object({ share, sentence: text }),
  modalities: v.array(modalityView),
  budget: v.nullable(budget),
  events: v.object({ published: count, refused: count, dropped: count, lastRefusal: v.nullable(text) }),
  notices: v.array(notice),
});
export type Snapshot = v.InferOutput<typeof snapshot>;

/** Everything besides changes of state that somebody may later want to know of; kept in the database. */
export const auditEntry = v.object({
  atMs,
  kind: v.picklist([
    'pause',
    'resume',
    /** A countdown to a lock begins or ends, or there is none and why. */
    'countdown',
    'lock',
    'lock-failed',
    'unlock',
    /** Input that no hand made. */
    'injected',
    /** An impostor drill begins or ends. */
    'drill',
    'sleep',
    'wake',
    'setting',
    'training',
    /** One was added, renamed or removed. */
    'profile',
    'reset',
    /** The owner had something deleted, and what. */
    'deletion',
    /** Everything was had out. */
    'export',
    /** Something was given up to stay within the budget, or was taken up again. */
    'budget',
    'start',
    'stop',
  ]),
  text,
});
export type AuditEntry = v.InferOutput<typeof auditEntry>;

/** What one modality said at one tick. */
const said = v.object({ atMs, modality, llr: v.number(), points: v.number() });
export type Said = v.InferOutput<typeof said>;
/** What led to the score of one moment: the points that the modalities moved in the minute before it. */
export const moment = v.object({
  point: v.nullable(trustPoint),
  decision: v.nullable(decision),
  said: v.array(said),
  /** Where in the audit log the decision stands, or else what happened then: number `seq`, the newest being `last`. */
  entry: v.nullable(v.object({ seq: count, last: count })),
});
export type Moment = v.InferOutput<typeof moment>;

/** The REST API as it stands. */
export const apiView = v.object({
  wanted: v.boolean(),
  /** Where it listens; null while it does not. */
  url: v.nullable(text),
  /** Why it does not although it should, and the one thing to do about it. */
  reason: v.nullable(text),
  fix: v.nullable(text),
});
export type ApiView = v.InferOutput<typeof apiView>;

/** What goes to a time-series database, and what becomes of it. Counts are lines, since the agent's start. */
export const influxView = v.object({
  wanted: v.boolean(),
  /** waiting: it is tried again by itself. refused: something must be done first, see `fix`. */
  status: v.picklist(['off', 'sending', 'waiting', 'refused']),
  reason: v.nullable(text),
  fix: v.nullable(text),
  sent: count,
  lastSentMs: v.nullable(atMs),
  /** On the disk, until the database takes it. */
  waitingBytes: count,
  /** Let go because too much waited. */
  dropped: count,
  /** Never to be taken, and kept aside. */
  rejected: count,
  rejection: v.nullable(text),
});
export type InfluxView = v.InferOutput<typeof influxView>;

/** What goes to Redis, and what becomes of it. Counts are records, since the agent's start. */
export const redisView = v.object({
  wanted: v.boolean(),
  /** waiting: it is tried again by itself. refused: so it is, but something must be done first, see `fix`. */
  status: v.picklist(['off', 'connecting', 'connected', 'waiting', 'refused']),
  reason: v.nullable(text),
  fix: v.nullable(text),
  sent: count,
  lastSentMs: v.nullable(atMs),
  /** In memory, until Redis takes it. */
  waiting: count,
  waitingBytes: count,
  /** Let go because too much waited. */
  dropped: count,
});
export type RedisView = v.InferOutput<typeof redisView>;

/** A batch that the database will never take, with the first of its lines. */
export const rejectedBatch = v.object({ reason: text, count, lines: v.array(v.string()) });
export type RejectedBatch = v.InferOutput<typeof rejectedBatch>;

/** What the settings page shows besides the settings themselves. */
export const settingsView = v.object({
  settings: userSettings,
  /** Where they are kept. */
  file: text,
  host: v.picklist(['tray', 'browser']),
  abilities: v.object({ ...hostAbilities.entries, lock: ability }),
  /** What is stored, and how it is protected. */
  storage: v.object({
    folder: text,
    usedMiB: v.pipe(v.number(), v.minValue(0)),
    /** keyring: the key lies in the system's keyring. file: beside the data, for its owner alone. */
    key: v.picklist(['keyring', 'file']),
    keySentence: text,
    /** How the audit log was when it was last verified. */
    logSentence: text,
  }),
  api: apiView,
  influx: influxView,
  redis: redisView,
  collecting: collectingView,
  stages: stagesView,
});
export type SettingsView = v.InferOutput<typeof settingsView>;
