// What an impostor drill comes to. Enters: the snapshot at its start, and what the agent pushed from then on. Leaves: when the
// colleague was noticed and by what, and what may have been learned of them. Pure.
import { QUARANTINE_MS } from '../agent/track.ts';
import { STATES, type Decision, type Modality, type Push, type Snapshot } from '../../src-preload/contract.ts';
import { keystrokesSince, keystrokesUntil, type KeystrokeRange, type WindowSample } from './drill-keystrokes.ts';

export const ALARMS = ['MONITORING', 'RESTRICTED', 'LOCKDOWN'] as const;
export type Alarm = (typeof ALARMS)[number];

export interface DrillReport {
  readonly noticed: boolean;
  readonly seconds: number;
  /** Null where typing is not watched. */
  readonly keystrokes: KeystrokeRange | null;
  /** The alarms that were raised, mildest first: how long after the start, and how much was typed until then. */
  readonly alarms: readonly {
    readonly state: Alarm;
    readonly seconds: number;
    readonly keystrokes: KeystrokeRange | null;
  }[];
  readonly lowestTrust: number | null;
  /** What the agent gave as its reason each time that trust fell by a state. */
  readonly reasons: readonly string[];
  /** What SecLyzer may take for the owner's from the drill; of what is watched and not named here, nothing was learned. */
  readonly mayHaveLearned: readonly Modality[];
}

export function drillReport(start: Snapshot, pushes: readonly Push[]): DrillReport {
  const snapshots = [start, ...pushes.flatMap(({ push, data }) => (push === 'snapshot' ? [data] : []))];
  const decisions = pushes.flatMap(({ push, data }) => (push === 'decision' ? [data] : []));
  const count = keystrokeCounter(snapshots);
  const alarms = ALARMS.flatMap((state) => {
    const by = decisions.find(({ to }) => rank(to) >= rank(state));
    if (by === undefined) return [];
    return [{ state, seconds: secondsBetween(start.atMs, by.atMs), keystrokes: count(by.atMs) }];
  });
  const endMs = Math.max(...snapshots.map(({ atMs }) => atMs), ...decisions.map(({ atMs }) => atMs));
  return {
    noticed: alarms.length > 0,
    seconds: secondsBetween(start.atMs, endMs),
    keystrokes: count(endMs),
    alarms,
    lowestTrust: lowestOf(start, pushes),
    reasons: decisions.filter(isFall).map(({ reason }) => reason),
    mayHaveLearned: mayHaveLearned(start, decisions),
  };
}

/** Null while typing is not watched, which no number may hide. */
function keystrokeCounter(snapshots: readonly Snapshot[]): (atMs: number) => KeystrokeRange | null {
  const samples: WindowSample[] = snapshots.flatMap(({ atMs, modalities }) => {
    const typing = modalities.find(({ modality }) => modality === 'keystroke');
    if (typing === undefined || typing.status === 'unavailable') return [];
    return [{ atMs, have: typing.evidence.have }];
  });
  const ranges = keystrokesSince(samples);
  return (atMs) => (samples.length < snapshots.length ? null : keystrokesUntil(atMs, samples, ranges));
}

function lowestOf(start: Snapshot, pushes: readonly Push[]): number | null {
  const levels = pushes.flatMap(({ push, data }) => (push === 'snapshot' || push === 'trustPoint' ? [data.trust] : []));
  const known = [start.trust, ...levels].filter((trust) => trust !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * Typing and the mouse are held back for two minutes where a model judges them, and an alarm drops what is held back. An alarm that
 * came later, or ended while the colleague was still there, leaves it open.
 */
function mayHaveLearned(start: Snapshot, decisions: readonly Decision[]): readonly Modality[] {
  const alarm = decisions.find(isFall);
  const calmAgain = decisions.some(({ to }) => to === 'NORMAL');
  const inTime = alarm !== undefined && alarm.atMs - start.atMs < QUARANTINE_MS && !calmAgain;
  return start.modalities
    .filter(({ status }) => status !== 'unavailable')
    .filter(({ modality, status }) => {
      const heldBack = modality !== 'app' && (status === 'waiting' || status === 'scoring');
      return !(heldBack && inTime);
    })
    .map(({ modality }) => modality);
}

const rank = (state: Snapshot['state']): number => STATES.indexOf(state);
const isFall = ({ from, to }: Decision): boolean => rank(to) > rank(from) && rank(to) > rank('NORMAL');
const secondsBetween = (fromMs: number, toMs: number): number => Math.max(0, Math.round((toMs - fromMs) / 1000));
