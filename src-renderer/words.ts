// The page's vocabulary: a word and a shape for every state, modality and status. The compiler names what a new one lacks.
import type {
  AuditEntry,
  Decision,
  HostAnomaly,
  Modality,
  ModalityView,
  Risk,
  Snapshot,
  State,
  TrustPoint,
} from '../src-preload/contract.ts';
import { clockTime, score, signedPoints } from './format.ts';
import { stateChanges } from './history.ts';
import type { TimelineEntry } from './timeline.ts';
import { visibleText } from './visible-text.ts';

export type Shape =
  | 'ring'
  | 'check'
  | 'dot'
  | 'triangle'
  | 'bar'
  | 'hollow'
  | 'glass'
  | 'slash'
  | 'half'
  | 'open'
  | 'diamond'
  | 'lozenge'
  | 'peak';
/** Colour by meaning; every use of one stands beside a word. */
export type Tone = 'accent' | 'good' | 'watch' | 'alarm' | 'quiet';

export interface Sign {
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
}

export const STATE_SIGNS = {
  LEARNING: { word: 'Learning', shape: 'ring', tone: 'accent' },
  NORMAL: { word: 'Normal', shape: 'check', tone: 'good' },
  MONITORING: { word: 'Monitoring', shape: 'dot', tone: 'watch' },
  RESTRICTED: { word: 'Restricted', shape: 'triangle', tone: 'alarm' },
  LOCKDOWN: { word: 'Lockdown', shape: 'bar', tone: 'alarm' },
} satisfies Record<State, Sign>;

export const STATUS_SIGNS = {
  unavailable: { word: 'Unavailable', shape: 'slash', tone: 'watch' },
  learning: { word: 'Learning', shape: 'ring', tone: 'accent' },
  training: { word: 'Training', shape: 'half', tone: 'accent' },
  waiting: { word: 'Waiting for input', shape: 'open', tone: 'quiet' },
  scoring: { word: 'Scoring', shape: 'dot', tone: 'accent' },
} satisfies Record<ModalityView['status'], Sign>;

/** Quiet but for a lock that failed: what happened around the score is no alarm, and an alarm must not drown in it. */
const AUDIT_SIGNS = {
  pause: { word: 'Paused', shape: 'slash', tone: 'quiet' },
  resume: { word: 'Resumed', shape: 'open', tone: 'quiet' },
  countdown: { word: 'Lock countdown', shape: 'glass', tone: 'quiet' },
  lock: { word: 'Screen locked', shape: 'bar', tone: 'quiet' },
  'lock-failed': { word: 'Not locked', shape: 'hollow', tone: 'watch' },
  unlock: { word: 'Screen unlocked', shape: 'check', tone: 'quiet' },
  injected: { word: 'Input of no hand', shape: 'triangle', tone: 'watch' },
  drill: { word: 'Impostor drill', shape: 'half', tone: 'quiet' },
  sleep: { word: 'Asleep', shape: 'half', tone: 'quiet' },
  wake: { word: 'Awake', shape: 'open', tone: 'quiet' },
  setting: { word: 'Settings', shape: 'half', tone: 'quiet' },
  training: { word: 'Training', shape: 'half', tone: 'quiet' },
  profile: { word: 'Profiles', shape: 'half', tone: 'quiet' },
  budget: { word: 'Budget', shape: 'half', tone: 'quiet' },
  reset: { word: 'Learning anew', shape: 'ring', tone: 'quiet' },
  deletion: { word: 'Deleted', shape: 'hollow', tone: 'quiet' },
  export: { word: 'Exported', shape: 'open', tone: 'quiet' },
  start: { word: 'SecLyzer started', shape: 'open', tone: 'quiet' },
  stop: { word: 'SecLyzer stopped', shape: 'slash', tone: 'quiet' },
} satisfies Record<AuditEntry['kind'], Sign>;

/** Of an incident or an alert: how bad it is. */
export const RISK_SIGNS = {
  LOW: { word: 'Low', shape: 'open', tone: 'quiet' },
  MEDIUM: { word: 'Medium', shape: 'half', tone: 'watch' },
  HIGH: { word: 'High', shape: 'triangle', tone: 'alarm' },
  CRITICAL: { word: 'Critical', shape: 'bar', tone: 'alarm' },
} satisfies Record<Risk, Sign>;

/** Among what else has happened: that it comes from the log. */
const LOG_SIGNS = {
  LOW: { word: 'In the log: low risk', shape: 'lozenge', tone: 'quiet' },
  MEDIUM: { word: 'In the log: medium risk', shape: 'lozenge', tone: 'watch' },
  HIGH: { word: 'In the log: high risk', shape: 'diamond', tone: 'alarm' },
  CRITICAL: { word: 'In the log: critical risk', shape: 'diamond', tone: 'alarm' },
} satisfies Record<Risk, Sign>;

/** What is unusual of the machine has a hundred innocent causes: it is no alarm by itself. */
export const HOST_SIGNS = {
  unusual: { word: 'Unusual for this machine', shape: 'peak', tone: 'quiet' },
  'very unusual': { word: 'Very unusual for this machine', shape: 'peak', tone: 'watch' },
} satisfies Record<HostAnomaly['severity'], Sign>;

export function entrySign(entry: TimelineEntry): Sign {
  switch (entry.kind) {
    case 'decision':
      return STATE_SIGNS[entry.decision.to];
    case 'audit':
      return AUDIT_SIGNS[entry.audit.kind];
    case 'log':
      return LOG_SIGNS[entry.alert.risk];
    case 'host':
      return HOST_SIGNS[entry.anomaly.severity];
  }
}

/** What happened, in a sentence or two. */
export function entryText(entry: TimelineEntry): string {
  switch (entry.kind) {
    case 'decision':
      return entry.decision.reason;
    case 'audit':
      return entry.audit.text;
    case 'log':
      return visibleText(entry.alert.explanation);
    case 'host':
      return visibleText(entry.anomaly.sentence);
  }
}

export const MODALITY_TITLES = {
  keystroke: 'Typing',
  mouse: 'Mouse',
  app: 'Applications',
  linguistic: 'Writing',
} satisfies Record<Modality, string>;

export const SOURCE_BANNERS = {
  live: null,
  replay: 'Replay of a recording: this is not what happens at the keyboard now.',
  synthetic: 'Synthetic typist: not a real person.',
  redis: 'Input comes over Redis: not from the keyboard of this machine.',
  api: 'Input comes over the API: not from the keyboard of this machine.',
} satisfies Record<Snapshot['source'], string | null>;

const isModality = (name: string): name is Modality => Object.hasOwn(MODALITY_TITLES, name);
export const modalityTitle = (name: string): string => (isModality(name) ? MODALITY_TITLES[name] : name);

/** The gauge for who cannot see it. */
export function gaugeLabel(snapshot: Snapshot | null): string {
  if (snapshot === null) return 'Trust is not known yet.';
  const { word } = STATE_SIGNS[snapshot.state];
  if (snapshot.trust === null) return `No trust score. State: ${word}.`;
  const band = bandText(snapshot.low, snapshot.high);
  return `Trust ${score(snapshot.trust)} of 100${band === null ? '' : `, ${band}`}. State: ${word}.`;
}

export const bandText = (low: number | null, high: number | null): string | null =>
  low === null || high === null ? null : `between ${score(low)} and ${score(high)}`;

/** `Typing −31, Mouse −8`: what moved the score since the decision before. */
export function pointsText(points: Decision['points']): string {
  return Object.entries(points)
    .toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .flatMap(([name, moved]) => {
      const text = signedPoints(moved);
      return text === null ? [] : [`${modalityTitle(name)} ${text}`];
    })
    .join(', ');
}

/** The chart in words; null while there is no scored point. `timeText` writes the moment of the lowest. */
export function chartSummary(points: readonly TrustPoint[], timeText = clockTime): string | null {
  const scored = points.flatMap((point) => (point.trust === null ? [] : [{ atMs: point.atMs, trust: point.trust }]));
  const last = scored.at(-1);
  if (last === undefined) return null;
  const lowest = scored.reduce((least, point) => (point.trust < least.trust ? point : least), last);
  const changes = stateChanges(points).length;
  const changed =
    changes === 0 ? 'no change of state' : changes === 1 ? 'one change of state' : `${changes} changes of state`;
  return `Last ${score(last.trust)}, lowest ${score(lowest.trust)} at ${timeText(lowest.atMs)}, ${changed}.`;
}
