// How well one profile of the owner's typing does. In: what is typed, before it is learned. Out: the error rates of its models, how much
// of enrolment is to come, and whether the owner has changed so much that old times must count for less.
import type { Accuracy } from '../../src-preload/contract.ts';
import type { GraphPlace } from './graph-model.ts';
import type { Typed } from './graph-window.ts';
import { keepHeldOut, NOTHING_HELD_OUT, storedHeldOut, type HeldOutRecord } from './held-out-store.ts';
import { FALL_BOUND, fallenBy } from './learn/drift-watch.ts';
import { enrolmentProgress, type EnrolmentBounds, type EnrolmentProgress } from './learn/enrolment-rule.ts';
import { accuracyOf, LEAST_WINDOWS, THRESHOLD, type HeldOutWindow } from './learn/held-out-accuracy.ts';
import { heldOutTyping, WINDOW_KEYS, type HeldOutTypingParts } from './learn/held-out-typing.ts';
import { scoreLevel, type ScoreLevel } from './learn/score-level.ts';
import { boundsOf, DEFAULT_SETTINGS } from './settings.ts';

export interface MeasuringParts extends Pick<HeldOutTypingParts, 'crowd' | 'chores' | 'people' | 'leastUnlike'> {
  /** Whether `drifted` is ever called; true where left out. */
  readonly followDrift?: boolean;
}

export interface GraphHeldOutParts extends GraphPlace, MeasuringParts {
  /** Has not learned from what comes next: the model in use or, where that is none or out of date, one made for this. */
  readonly model: HeldOutTypingParts['model'];
  /** Keystrokes that the model in use was learned from; null while there is none. */
  readonly inUse: () => number | null;
  /** The owner has changed. */
  readonly drifted: () => void;
}

export interface GraphHeldOut {
  /** @param confirmed whether nothing at all speaks against its being the owner's. */
  readonly add: (typed: Pick<Typed, 'keys' | 'instances'>, sitting: number, confirmed: boolean) => void;
  /** What comes next does not follow what came last. */
  readonly cut: () => void;
  readonly accuracy: () => Accuracy | null;
  /** Whether the model in use is known as well as a full enrolment makes it. */
  readonly mature: () => boolean;
  readonly progress: (have: number, bounds: EnrolmentBounds) => EnrolmentProgress;
  /** So many keystrokes were learned. */
  readonly learned: (keys: number) => void;
  /** What the owner has become is being learned: the model in use is not the one to be measured. */
  readonly relearning: () => boolean;
  /** And enough of it is known for another model. */
  readonly relearned: () => boolean;
  /** A model was made. */
  readonly made: () => void;
  readonly keep: () => void;
  /** An earlier model, learned from so many keystrokes, is in use again. */
  readonly goBack: (strokes: number) => void;
  readonly forget: () => void;
}

/** Of the newest windows. */
const MOST_WINDOWS = 200;
/** Of each window: many people while there are few windows, and few once there are so many. */
const IMPOSTORS = { first: 10, later: 2, from: 60 } as const;
/** After old times were faded: with fewer keystrokes the next model would be much the same as the last. */
const RELEARN_KEYS = 500;
const FULL_ENROLMENT = boundsOf(DEFAULT_SETTINGS.modalities.keystroke);

export function graphHeldOut(parts: GraphHeldOutParts): GraphHeldOut {
  const place = { store: parts.store, modality: 'keystroke', profile: parts.profile } as const;
  let record: HeldOutRecord = storedHeldOut(place);
  let kept = record;
  let sittingHeld: number | null = null;

  function measured(window: HeldOutWindow, confirmed: boolean): void {
    const windows = [...record.windows, window].slice(-MOST_WINDOWS);
    const { level, relearned } = record;
    record = { ...record, windows, level: level ?? (parts.inUse() === null ? null : levelOf(windows)) };
    ripen();
    // What speaks against the owner is no change of his, whatever trust there was.
    if (!confirmed || window.genuine < THRESHOLD || level === null || relearned !== null) return;
    record = { ...record, fallen: fallenBy(record.fallen, window.genuine, level) };
    if (record.fallen <= FALL_BOUND || parts.followDrift === false) return;
    // How the old model did says nothing of the next one.
    record = { ...NOTHING_HELD_OUT, mature: record.mature, relearned: 0 };
    parts.drifted();
  }

  /** By the usual measure, however short the enrolment was made; and once is enough, for nobody becomes less known. */
  function ripen(): void {
    const strokes = parts.inUse();
    const { complete } = enrolmentProgress(strokes ?? 0, record.windows, FULL_ENROLMENT);
    if (strokes !== null && complete) record = { ...record, mature: true };
  }

  const typing = heldOutTyping({
    ...parts,
    impostors: () => (record.windows.length < IMPOSTORS.from ? IMPOSTORS.first : IMPOSTORS.later),
    measured,
  });
  const begin = (next: HeldOutRecord): void => {
    record = next;
    typing.drop();
  };

  return {
    add: (typed, sitting, confirmed) => {
      if (sitting !== sittingHeld) typing.cut();
      sittingHeld = sitting;
      typing.add(typed, confirmed);
    },
    cut: typing.cut,
    accuracy: () => accuracyOf(record.windows, `${WINDOW_KEYS} keystrokes`),
    mature: () => record.mature,
    progress: (have, bounds) => enrolmentProgress(have, record.windows, bounds),
    learned: (keys) => {
      if (record.relearned !== null) record = { ...record, relearned: record.relearned + keys };
    },
    relearning: () => record.relearned !== null,
    relearned: () => (record.relearned ?? 0) >= RELEARN_KEYS,
    made: () => {
      const { windows } = record;
      begin({ ...record, level: levelOf(windows), fallen: 0, relearned: null });
      ripen();
    },
    keep: () => {
      if (record !== kept) keepHeldOut(place, record);
      kept = record;
    },
    goBack: (strokes) => {
      const windows = record.windows.filter(({ learned }) => learned <= strokes);
      begin({
        ...record,
        windows,
        fallen: 0,
        relearned: null,
        mature: record.mature && strokes >= FULL_ENROLMENT.least,
      });
    },
    forget: () => {
      begin(NOTHING_HELD_OUT);
      keepHeldOut(place, NOTHING_HELD_OUT);
      kept = NOTHING_HELD_OUT;
    },
  };
}

function levelOf(windows: readonly HeldOutWindow[]): ScoreLevel | null {
  return windows.length < LEAST_WINDOWS ? null : scoreLevel(windows.map(({ genuine }) => genuine));
}
