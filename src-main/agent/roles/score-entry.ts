// One entry of a subject, what is known of him and what his models said in; what is known after it, the score and what to learn from out. Pure:
// the same entries give the same scores, whichever scorer takes them and however often one of them dies.
import { CARRIES, type Modality } from '../../../src-preload/contract.ts';
import { step, unlockedStep } from '../decide/step.ts';
import { hopEvidence } from '../fuse/hop-evidence.ts';
import { trustOf } from '../fuse/trust-filter.ts';
import { MIN_TRAINING_WINDOWS } from '../learn/train-vector-model.ts';
import type { ScoreRecord } from '../publish/outlets/outlet-record.ts';
import { isSure } from '../pipeline.ts';
import type { Settings } from '../settings.ts';
import type { TrackScore } from '../track.ts';
import type { Entry, EntrySwitch, EntryWindow } from './entry.ts';
import { missedBetween, type Position } from './position.ts';
import { CENTRAL, type CentralModality, type Learned, type SubjectState } from './subject-state.ts';

/** A window with enough in it to be scored and learned from. */
export interface UsedWindow {
  readonly window: EntryWindow;
  /** Share of it that no earlier window has used, 0-1. */
  readonly share: number;
  readonly newEvents: number;
}

/** What of an entry can be used. */
export interface Prepared {
  readonly windows: readonly UsedWindow[];
  readonly switches: readonly EntrySwitch[];
  readonly carried: SubjectState['carried'];
}

/** Of what the entry holds, what is kept to learn from. */
export type Lesson =
  | { readonly modality: 'keystroke' | 'mouse'; readonly ts: number; readonly used: UsedWindow }
  | { readonly modality: 'app'; readonly ts: number; readonly switched: EntrySwitch };

export interface Scored {
  readonly state: SubjectState;
  readonly score: ScoreRecord;
  readonly lessons: readonly Lesson[];
}

export type CentralSettings = Pick<Settings, 'fusion' | 'decision' | 'modalities' | 'hopUs'>;

export function prepareEntry(
  before: SubjectState,
  { windows, switches }: Entry,
  settings: Pick<Settings, 'modalities'>,
): Prepared {
  const carried = { ...before.carried };
  const used: UsedWindow[] = [];
  for (const window of windows) {
    const { modality, count, events, fresh } = window;
    const all = carried[modality] + fresh;
    const enough = count >= settings.modalities[modality].minEvents;
    carried[modality] = enough ? 0 : all;
    if (!enough) continue;
    const share = Math.min(1, all / Math.max(1, events));
    used.push({ window, share, newEvents: Math.round(count * share) });
  }
  return { windows: used, switches, carried };
}

const isReady = ({ learned }: SubjectState): boolean =>
  CENTRAL.some((modality) => CARRIES[modality] && learned[modality].version > 0);

/**
 * @param at comes after `before.at`.
 * @param said of each modality that has a model and something to score.
 */
export function scoreEntry(
  before: SubjectState,
  { at, entry, prepared }: { readonly at: Position; readonly entry: Entry; readonly prepared: Prepared },
  said: ReadonlyMap<Modality, TrackScore>,
  settings: CentralSettings,
): Scored {
  const { ts } = entry;
  const ready = isReady(before);
  // The clock of a machine may be set back: then no time has passed.
  const dtS = before.lastUs === null ? 0 : Math.max(0, (ts - before.lastUs) / 1e6);
  const [evidence = []] = hopEvidence(said, settings.modalities);
  const { trust, machine } = entry.unlocked === true ? unlockedStep(before.machine, settings.fusion) : before;
  const standing = { trust, machine, points: new Map() };
  const { after, moved } = step(standing, { dtS, ready, evidence, scored: [...said.keys()] }, settings);
  const lessons = lessonsOf(before, ts, prepared);
  const { logit, sd } = after.trust;
  const levels = ready ? trustOf(after.trust) : { trust: null, low: null, high: null };
  return {
    state: {
      ...{ at, lastUs: ts, trust: { logit, sd }, machine: after.machine, carried: prepared.carried },
      learned: learnedWith(before.learned, lessons),
      missed: before.missed + missedBetween(before.at, at),
    },
    score: {
      ...{ kind: 'score', ts, ...levels, state: after.machine.state },
      modalities: [...said].map(([modality, { llr }]) => ({ modality, llr, points: moved.get(modality) ?? 0 })),
    },
    lessons,
  };
}

/** As the agent does: with a model only what the owner has surely made, without one while nothing is suspicious. */
function lessonsOf(before: SubjectState, ts: number, { windows, switches }: Prepared): readonly Lesson[] {
  const { state } = before.machine;
  const calm = state === 'LEARNING' || state === 'NORMAL';
  const sure = state === 'NORMAL' && isSure(trustOf(before.trust).trust);
  const mayLearn = (modality: CentralModality): boolean => (before.learned[modality].version > 0 ? sure : calm);
  const ofWindows = windows.map((used): Lesson => ({ modality: used.window.modality, ts, used }));
  const ofSwitches = switches.map((switched): Lesson => ({ modality: 'app', ts, switched }));
  return [...ofWindows, ...ofSwitches].filter(({ modality }) => mayLearn(modality));
}

function learnedWith(before: SubjectState['learned'], lessons: readonly Lesson[]): SubjectState['learned'] {
  const after = { ...before };
  for (const lesson of lessons) {
    const one = after[lesson.modality];
    const events = lesson.modality === 'app' ? 1 : lesson.used.newEvents;
    after[lesson.modality] = { ...one, windows: one.windows + 1, events: one.events + events };
  }
  return after;
}

/** Many events in a few windows are one mood of one moment, so the windows must be there as well. */
export const wantsTraining = (modality: CentralModality, { windows, events, need }: Learned): boolean =>
  events >= need && (modality === 'app' || windows >= MIN_TRAINING_WINDOWS);
