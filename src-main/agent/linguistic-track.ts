// Writing at work: keys into words in memory, words into 12 numbers for each stretch of them, those into the store while learning and
// into a model when enrolment is complete, and through the model into a score. No text is kept; it is wiped when it is counted, after
// half a minute without a key, and at once when the user turns this off.
import type { InputEvent } from './events.ts';
import { linguisticValues, STRETCH_WORDS } from './features/linguistic-features.ts';
import { typedText } from './features/typed-text.ts';
import type { LinguisticPrior } from './learn/linguistic-prior.ts';
import { LINGUISTIC_MODEL } from './infer/linguistic-card.ts';
import { ModelRefused, type ModelGate } from './infer/model-gate.ts';
import {
  loadLinguisticModel,
  MAX_STRETCHES,
  storedStretches,
  trainLinguisticModel,
  type LinguisticModel,
} from './linguistic-model.ts';
import { quarantine, type Lesson } from './quarantine.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { SHARED, type Store, type StoredVersion, type StoredWindow } from './store/store.ts';
import { messageOf } from './thrown.ts';
import { MORE_TO_RETRAIN, type Standing, type Track, type TrackScore, type TrackView } from './track.ts';

export interface LinguisticTrackParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly prior: LinguisticPrior;
  readonly seed: number;
  /** Whether there is memory for the model. */
  readonly gate?: ModelGate;
}

/** Who comes back after so long may be somebody else: no stretch spans the two. */
const STRETCH_GAP_US = 600_000_000;
/** A fifth more than there was when training failed: what was too little is not tried again at every tick. */
const MORE_AFTER_FAILURE = 1.2;
const SILENT = 'Shown here and left out of the trust score: nobody has measured yet what it is worth.';

interface Stretch {
  readonly words: number;
  readonly values: Float64Array;
  /** All of it was written while nothing was suspicious. */
  readonly teaches: boolean;
}

interface WritingLesson extends Lesson {
  readonly window: StoredWindow;
}

export function linguisticTrack({ settings, store, prior, seed, gate }: LinguisticTrackParts): Track {
  const own = settings.modalities.linguistic;
  const parts = { store, prior, cap: own.cap, seed, ...(gate === undefined ? {} : { gate }) };
  const text = typedText();
  const wordsStored = (): number => storedStretches(store).reduce((sum, { newEvents }) => sum + newEvents, 0);
  let learned = wordsStored();
  let need = own.enrol;
  let model: LinguisticModel | null = null;
  let versions: readonly StoredVersion[] = store.versions(SHARED, LINGUISTIC_MODEL);
  /** Why the model can't be used; why the last training gave none. */
  let broken: string | null = null;
  let failed: string | null = null;
  /** Why there is no memory for it at the moment. */
  let refused: string | null = null;
  /** Complete since the last tick. */
  let complete: Stretch[] = [];
  const waiting = quarantine<WritingLesson>({ isKnown: () => model !== null, taught: () => SHARED });
  let calm = true;
  let lastUs = Number.NEGATIVE_INFINITY;
  let scoring = false;

  function learn(nowUs: number, learnable: boolean, stretches: readonly Stretch[]): void {
    if (!learnable || broken !== null) {
      waiting.empty();
      calm = false;
    } else {
      for (const stretch of stretches.filter(({ teaches }) => teaches))
        waiting.add({ atUs: nowUs, profile: SHARED, window: storable(stretch, nowUs) });
    }
    for (const { window } of waiting.take(nowUs)) {
      store.addWindow(window);
      learned += window.newEvents;
    }
  }

  const begin = (): void => {
    text.wipe();
    calm = true;
  };

  const forget = (): void => {
    begin();
    waiting.empty();
    [complete, lastUs, scoring] = [[], Number.NEGATIVE_INFINITY, false];
  };

  const acceptKey = (event: Extract<InputEvent, { type: 'keystroke' }>): void => {
    if (event.ts - lastUs > STRETCH_GAP_US) begin();
    lastUs = Math.max(lastUs, event.ts);
    text.accept(event);
    if (text.words() < STRETCH_WORDS) return;
    const counts = text.take(STRETCH_WORDS);
    if (counts === null) return;
    complete.push({ words: counts.words, values: linguisticValues(counts), teaches: calm });
    calm = true;
  };

  const mature = (): boolean =>
    model !== null && broken === null && model.learnedFrom.words >= DEFAULT_SETTINGS.modalities.linguistic.enrol;

  function standing(): Standing {
    const usable = model !== null && broken === null;
    const maturity = mature() ? 'mature' : usable ? 'young' : 'none';
    const have = Math.min(learned, need);
    return { maturity, have, need, refused: broken !== null, trouble: broken ?? failed, versions };
  }

  const use = async (made: LinguisticModel | null): Promise<void> => {
    await model?.release();
    [model, broken, failed] = [made, null, null];
    versions = store.versions(SHARED, LINGUISTIC_MODEL);
  };

  /** Null while there is no memory for the model: the others go on without it. */
  async function ask(by: LinguisticModel, values: Float64Array): Promise<TrackScore | null> {
    try {
      const said = await by.score(values);
      refused = null;
      return said;
    } catch (error) {
      if (!(error instanceof ModelRefused)) throw error;
      refused = error.message;
      return null;
    }
  }

  function view(): TrackView {
    const progress = {
      evidence: { have: Math.min(text.words(), own.minEvents), need: own.minEvents },
      enrolment: { have: Math.min(learned, need), need },
    };
    const fix = 'Run seclyzer train, or start learning anew with seclyzer enrol --restart.';
    if (broken !== null) return { status: 'unavailable', reason: broken, fix, ...progress };
    const status = model === null ? 'learning' : scoring ? 'scoring' : 'waiting';
    const silent = own.weight === 0 ? SILENT : null;
    return { status, reason: model === null ? failed : (refused ?? silent), fix: null, ...progress };
  }

  return {
    modality: 'linguistic',
    shared: true,
    accept: (event) => {
      if (event.type === 'keystroke') acceptKey(event);
      // The caret is somewhere else now.
      else if (event.type === 'app' || event.event === 'press') text.cut();
    },
    tick: async (nowUs, learnable) => {
      text.settle(nowUs);
      const stretches = complete;
      complete = [];
      learn(nowUs, learnable, stretches);
      // More than one a tick takes a hundred words in a second, which is no hand; the last is the news.
      const last = stretches.at(-1);
      const said = last === undefined || model === null || broken !== null ? null : await ask(model, last.values);
      scoring = said !== null;
      return said;
    },
    needsTrust: () => model !== null,
    wantsTraining: () => {
      if (broken !== null || learned < need) return false;
      if (model === null) return true;
      const { words, stretches } = model.learnedFrom;
      return stretches < MAX_STRETCHES && learned >= MORE_TO_RETRAIN * words;
    },
    train: async (nowMs, order) => {
      try {
        const why = order?.why ?? (versions.length === 0 ? 'enrolment' : 'more');
        const trained = trainLinguisticModel(parts, { nowMs, why });
        await use(trained.model);
        return trained.sentence;
      } catch (error) {
        failed = messageOf(error);
        need = Math.max(need, Math.ceil(MORE_AFTER_FAILURE * learned));
        throw error;
      }
    },
    trained: () => model !== null && broken === null,
    standing,
    useVersion: async (_, version) => {
      store.goBack(SHARED, LINGUISTIC_MODEL, version);
      learned = wordsStored();
      forget();
      await use(loadLinguisticModel(parts));
      return `Writing is judged by version ${version} again, learned from ${model?.learnedFrom.words ?? 0} words; what came later is forgotten.`;
    },
    takeUnlearned: () => null,
    mature,
    interrupt: forget,
    view,
    load: async () => {
      try {
        await use(loadLinguisticModel(parts));
      } catch (error) {
        broken = messageOf(error);
        throw error;
      }
    },
    forget: () => Promise.resolve(),
    reset: async () => {
      store.clearModels('linguistic');
      store.clearWindows('linguistic');
      forget();
      await use(null);
      [learned, need] = [0, own.enrol];
    },
    release: async () => {
      text.wipe();
      await model?.release();
    },
  };
}

const storable = ({ words, values }: Stretch, ts: number): StoredWindow => ({
  ...{ ts, modality: 'linguistic', profile: SHARED, events: words, newEvents: words },
  vector: Float32Array.from(values),
});
