// The page's vocabulary: a word and a shape for every state, modality and status. The compiler names what a new one lacks.
import type { Dashboard } from './dashboard.ts';
import type { Decision, Modality, ModalityView, Snapshot, State, TrustPoint } from '../src-preload/contract.ts';
import { clockTime, score, signedPoints } from './format.ts';
import { stateChanges } from './history.ts';

export type Shape = 'ring' | 'check' | 'dot' | 'triangle' | 'bar' | 'slash' | 'half' | 'open';
/** Colour by meaning; every use of one stands beside a word. */
export type Tone = 'accent' | 'good' | 'watch' | 'alarm' | 'quiet';

interface Sign {
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

export const MODALITY_TITLES = {
  keystroke: 'Typing',
  mouse: 'Mouse',
  app: 'Applications',
} satisfies Record<Modality, string>;

export const SOURCE_BANNERS = {
  live: null,
  replay: 'Replay of a recording: this is not what happens at the keyboard now.',
  synthetic: 'Synthetic typist: not a real person.',
} satisfies Record<Snapshot['source'], string | null>;

const isModality = (name: string): name is Modality => Object.hasOwn(MODALITY_TITLES, name);
export const modalityTitle = (name: string): string => (isModality(name) ? MODALITY_TITLES[name] : name);

/** After that long without a snapshot the page says so: at rest the agent sends one every five seconds. */
export const SILENCE_MS = 15_000;

/** What the line to the agent is doing, in one short sentence. */
export function linkSentence(known: Pick<Dashboard, 'link' | 'refusal'>, silentMs: number): string {
  if (known.link === 'connecting') return 'Looking for the agent';
  if (known.link === 'down') return known.refusal === null ? 'No line to the agent; trying again' : 'Not let in';
  return silentMs > SILENCE_MS ? 'The agent is silent' : 'Live';
}

/** Read out once at a change of state, not at every tick. */
export function announcement(known: Pick<Dashboard, 'link' | 'snapshot'>): string {
  if (known.link === 'down') return 'No line to the agent.';
  return known.snapshot === null ? '' : `State: ${STATE_SIGNS[known.snapshot.state].word}.`;
}

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

/** The chart in words; null while there is no scored point. */
export function chartSummary(points: readonly TrustPoint[]): string | null {
  const scored = points.flatMap((point) => (point.trust === null ? [] : [{ atMs: point.atMs, trust: point.trust }]));
  const last = scored.at(-1);
  if (last === undefined) return null;
  const lowest = scored.reduce((least, point) => (point.trust < least.trust ? point : least), last);
  const changes = stateChanges(points).length;
  const changed =
    changes === 0 ? 'no change of state' : changes === 1 ? 'one change of state' : `${changes} changes of state`;
  return `Last ${score(last.trust)}, lowest ${score(lowest.trust)} at ${clockTime(lowest.atMs)}, ${changed}.`;
}
