// What the log guard tells: alerts, the incidents that they add up to, and how it is doing.
import * as v from 'valibot';
import { atMs, count, text } from './views.ts';

export const RISKS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
/** LOW from a score of .4, MEDIUM from .6, HIGH from .8, CRITICAL from .9 on. */
export type Risk = (typeof RISKS)[number];
const risk = v.picklist(RISKS);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** MITRE ATT&CK. */
const technique = v.object({ id: text, name: text, tactic: text });
export type GuardTechnique = v.InferOutput<typeof technique>;

const subject = v.object({ kind: v.picklist(['address', 'user', 'host']), name: text });

/** One of the things that made the score, in plain words: `failed logins from the address in the window`. */
const reason = v.object({
  words: text,
  /** What was seen, with its unit; null for a finding that is no number. */
  value: v.nullable(text),
  /** What is usual; null while nothing is known of it. */
  usual: v.nullable(text),
  /** Of the score, 0 to 1; all of an alert's together are its score. */
  points: v.number(),
});
export type AlertReason = v.InferOutput<typeof reason>;

/** What somebody could do about it, to be read before it is run: the program never does. */
const response = v.object({ what: text, command: text, undo: v.nullable(text) });
export type AlertResponse = v.InferOutput<typeof response>;

export const logAlert = v.object({
  id: count,
  /** Of the newest event in it. */
  atMs,
  /** Of the oldest one. */
  firstMs: atMs,
  risk,
  score: share,
  /** The strongest first. */
  techniques: v.pipe(v.array(technique), v.minLength(1), v.maxLength(8)),
  subject,
  /** The user and the address that it is about, where they are known. */
  user: v.nullable(text),
  address: v.nullable(text),
  /** What happened, a sentence or two. */
  explanation: text,
  /** Events in it. */
  count,
  /** The strongest first, 12 at most. */
  reasons: v.pipe(v.array(reason), v.maxLength(12)),
  incident: count,
});
export type LogAlert = v.InferOutput<typeof logAlert>;

/** Alerts of one attack: those that share an address, a user or a session. */
export const incident = v.object({
  id: count,
  firstMs: atMs,
  lastMs: atMs,
  risk,
  score: share,
  /** What it comes to, in a sentence. */
  title: text,
  /** What it consists of, in the order of an attack: Credential Access, Initial Access, … */
  tactics: v.pipe(v.array(text), v.maxLength(16)),
  subjects: v.pipe(v.array(subject), v.maxLength(50)),
  alerts: count,
  /** When somebody said that it was seen; null until then. */
  acknowledgedMs: v.nullable(atMs),
});
export type Incident = v.InferOutput<typeof incident>;

export const incidentDetail = v.object({
  incident,
  /** Oldest first, the newest 100. */
  alerts: v.pipe(v.array(logAlert), v.maxLength(100)),
  /** Lines of the log that show it, oldest first; empty once they were too old to be kept. */
  lines: v.pipe(v.array(v.object({ alert: count, line: v.pipe(v.string(), v.maxLength(4096)) })), v.maxLength(500)),
  responses: v.pipe(v.array(response), v.maxLength(20)),
});
export type IncidentDetail = v.InferOutput<typeof incidentDetail>;

const sourceHealth = v.object({
  /** `the journal`, `/var/log/auth.log`. */
  name: text,
  /** reading: up to date. behind: there is more than it has read. waiting: nothing there yet. unavailable: see `reason` and `fix`. */
  status: v.picklist(['reading', 'behind', 'waiting', 'unavailable']),
  reason: v.nullable(text),
  /** The one thing to do about it. */
  fix: v.nullable(text),
  lines: count,
  lastMs: v.nullable(atMs),
});
export type SourceHealth = v.InferOutput<typeof sourceHealth>;

export const guardStatus = v.object({
  /** Off in the settings, or without anything to read: see the sources. */
  running: v.boolean(),
  sources: v.pipe(v.array(sourceHealth), v.maxLength(16)),
  lines: count,
  parsed: count,
  unparsed: count,
  events: count,
  vectors: count,
  alerts: count,
  /** Alerts that did not fit into the queue. */
  dropped: count,
  /** Addresses and names that had to make room for others. */
  evicted: count,
  /** Lines that nothing was made of, by program, the most frequent first, 20 at most. */
  unknown: v.pipe(v.array(v.object({ program: text, lines: count })), v.maxLength(20)),
  /** What is usual is learned from vectors of what was no alert. */
  baseline: v.object({ have: count, need: count, trainedMs: v.nullable(atMs) }),
  /** Incidents that nobody has acknowledged, by risk. */
  open: v.object({ LOW: count, MEDIUM: count, HIGH: count, CRITICAL: count }),
});
export type GuardStatus = v.InferOutput<typeof guardStatus>;

const most = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500));
/** What the calls of contract.ts take. */
export const guardArguments = {
  list: v.object({ limit: most, fromMs: v.optional(atMs), toMs: v.optional(atMs) }),
  incident: v.object({ id: count }),
} as const;
