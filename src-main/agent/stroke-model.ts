// The mouse's stroke model of one of the owner's profiles: learned from stored windows and kept in its card, or loaded from there, and
// asked for scores.
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Accuracy } from '../../src-preload/contract.ts';
import { strokeReasons } from './act/stroke-reasons.ts';
import { MODALITY_WORDS } from './act/sentence.ts';
import { MOUSE_79_FEATURES } from './features/mouse-79.ts';
import { mouseScorer } from './infer/mouse-score.ts';
import { readStrokeCard, STROKE_MODEL, type StrokeCard } from './infer/stroke-card.ts';
import { accuracyOf, type HeldOutWindow } from './learn/held-out-accuracy.ts';
import { heldOutMoves } from './learn/held-out-moves.ts';
import { MOUSE_79_TABLE, type MouseWindowPrior } from './learn/mouse-prior.ts';
import type { MouseWindow } from './learn/mouse-profile.ts';
import { createRandom } from './learn/random.ts';
import { trainStrokes } from './learn/train-strokes.ts';
import type { ModalitySettings } from './settings.ts';
import type { Store, StoredWindow } from './store/store.ts';
import type { TrackScore, TrainingOrder } from './track.ts';

/** Of activity: the length of window that the filter's weight for the mouse was chosen for. */
export const STROKE_WINDOW_S = 15;
/** A minute and a half of use: two windows would do for the arithmetic, but say little about anybody. */
export const LEAST_WINDOWS = 6;
/** The newest windows that training looks at, more than eight hours of use. */
export const MAX_TRAINING_WINDOWS = 2000;

/**
 * An owner so much further out than nine in ten people of the prior works with another mouse or at other things. There the score tells
 * people apart hardly better than chance (the SapiMouse prior on Balabit's recordings: AUC .55), so little of it counts. One of 59
 * development people is beyond the bound under a prior that does not know him. The weight is a judgement: there are no development
 * recordings of such people to measure it on.
 */
const UNLIKE = 1.5;
const UNLIKE_WEIGHT = 0.25;
/** The same people on every machine. */
const PEOPLE_SEED = 7;

export interface StrokeModel {
  /** Log-likelihood ratio of the window, capped. */
  readonly llr: (window: MouseWindow) => number;
  /** The same with its reasons, which cost more. */
  readonly score: (window: MouseWindow, share: number) => TrackScore;
  /** Strokes and windows that it was learned from. */
  readonly learnedFrom: { readonly events: number; readonly windows: number };
  /** Why its score counts less than it should; null for an owner like those of the prior. */
  readonly doubt: string | null;
}

export interface StrokeModelParts {
  readonly store: Store;
  readonly profile: number;
  readonly prior: MouseWindowPrior;
  readonly cap: ModalitySettings['cap'];
}

/** The newest windows of the present feature table, oldest first: an earlier version's have another length. */
export const strokeWindows = ({ store, profile }: StrokeModelParts): readonly StoredWindow[] =>
  store
    .windows('mouse', MAX_TRAINING_WINDOWS, profile)
    .filter(({ vector }) => vector.length === MOUSE_79_FEATURES.length);

/**
 * @returns null when none was learned yet, or only with another prior: the windows are there to learn from again.
 * @throws Error when what is stored can't be used
 */
export function loadStrokeModel(parts: StrokeModelParts): StrokeModel | null {
  const stored = parts.store.models().find((one) => one.name === STROKE_MODEL && one.profile === parts.profile);
  if (stored === undefined) return null;
  if (sha256(stored.card) !== stored.sha256)
    throw new Error(`model ${STROKE_MODEL} refused: it was changed; train again`);
  const card = readStrokeCard(stored.card, parts.prior, printOf(parts.prior));
  return card === null ? null : strokeModelOf(card, parts);
}

/** @returns the model and a sentence about it. Rejects when there is too little to learn from; then nothing was saved. */
export async function trainStrokeModel(
  parts: StrokeModelParts,
  { nowMs, why }: { readonly nowMs: number; readonly why: TrainingOrder['why'] },
): Promise<{ readonly model: StrokeModel; readonly sentence: string }> {
  const { store, prior, profile } = parts;
  const windows = strokeWindows(parts);
  if (windows.length < LEAST_WINDOWS) {
    throw new Error(`${STROKE_MODEL} needs ${LEAST_WINDOWS} windows to learn from, there are ${windows.length}`);
  }
  const measured = windows.map(({ vector, events }) => ({ vector: Float64Array.from(vector), strokes: events }));
  const events = windows.reduce((sum, { newEvents }) => sum + newEvents, 0);
  const accuracy = await accuracyWith(measured, prior);
  const card: StrokeCard = {
    format: 1,
    table: MOUSE_79_TABLE,
    prior: printOf(prior),
    ...trainStrokes(measured, prior),
    training: { fromUs: windows[0]?.ts ?? 0, toUs: windows.at(-1)?.ts ?? 0, windows: windows.length, events },
  };
  const model = strokeModelOf(card, parts);
  const text = JSON.stringify(card);
  store.addModel({
    ...{ modality: 'mouse', profile, name: STROKE_MODEL, version: store.nextVersion(profile, STROKE_MODEL) },
    ...{ createdMs: nowMs, why, events, accuracy, file: '', sha256: sha256(text), card: text },
  });
  store.flush();
  return { model, sentence: sentenceOf(card, accuracy, model) };
}

/** A window at a time: a tick that is due need not wait for all. */
async function accuracyWith(windows: readonly MouseWindow[], prior: MouseWindowPrior): Promise<Accuracy | null> {
  const heldOut: HeldOutWindow[] = [];
  for (const window of heldOutMoves(windows, prior, createRandom(PEOPLE_SEED))) {
    heldOut.push(window);
    await nextTurn();
  }
  return accuracyOf(heldOut, `${STROKE_WINDOW_S} s of use`);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const printOf = (prior: MouseWindowPrior): string => sha256(JSON.stringify(prior));

/** @throws Error when the profile and the prior do not go together, or its scatter is none */
function strokeModelOf({ profile, owner, training }: StrokeCard, { prior, cap }: StrokeModelParts): StrokeModel {
  const scorer = mouseScorer(prior, profile);
  // Whoever scores first would else find out.
  scorer.score({ vector: Float64Array.from(prior.mean), strokes: prior.typicalStrokes });
  const unlike = profile.distance / prior.usualDistance > UNLIKE;
  const { slope, intercept } = prior.calibration;
  const llrOf = (score: number): number =>
    (unlike ? UNLIKE_WEIGHT : 1) * Math.min(cap[1], Math.max(cap[0], slope * score + intercept));
  return {
    llr: (window) => llrOf(scorer.score(window)),
    score: (window, share) => {
      const raw = scorer.score(window);
      const whole = llrOf(raw);
      const { vector } = window;
      const said = { vector, contributions: scorer.contributions(window), fits: whole > 0 };
      return { raw, llr: whole, share, strongest: strokeReasons(said, owner).join(', ') };
    },
    learnedFrom: training,
    doubt: unlike
      ? 'This mouse, or what it is used for, is unlike what the population was learned from, so its score counts for a quarter.'
      : null,
  };
}

function sentenceOf({ training }: StrokeCard, accuracy: Accuracy | null, { doubt }: StrokeModel): string {
  const words = MODALITY_WORDS.mouse;
  const learned = `Learned your ${words} from ${training.events} movements in ${training.windows} windows of ${STROKE_WINDOW_S} s.`;
  const known =
    accuracy === null
      ? ''
      : ` Of windows that it had not learned from, ${Math.round(100 * accuracy.frr.value)} % did not look like you.`;
  return `${learned}${known}${doubt === null ? '' : ` ${doubt}`}`;
}
