// The mouse at work: its events into windows of activity, those into the store while learning and into a profile when enrolment is
// complete, and through the profile into a score of the last fifteen seconds of use from then on.
import { activeWindows } from './active-windows.ts';
import type { MouseEvent } from './events.ts';
import { mouse79 } from './features/mouse-79.ts';
import { mouseUse } from './features/mouse-movements.ts';
import type { MousePrior } from './learn/mouse-prior.ts';
import { quarantine } from './quarantine.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { Store, StoredWindow } from './store/store.ts';
import {
  LEAST_WINDOWS,
  loadStrokeModel,
  MAX_TRAINING_WINDOWS,
  STROKE_WINDOW_S,
  strokeWindows,
  trainStrokeModel,
  type StrokeModel,
} from './stroke-model.ts';
import { messageOf } from './thrown.ts';
import { MORE_TO_RETRAIN, QUARANTINE_MS, type Track, type TrackScore, type TrackView } from './track.ts';

export interface StrokeTrackParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly prior: MousePrior;
}

/** A fifth more than there was when training failed: what was too little is not tried again at every tick. */
const MORE_AFTER_FAILURE = 1.2;

export function strokeTrack({ settings, store, prior }: StrokeTrackParts): Track {
  const own = settings.modalities.mouse;
  const parts = { store, prior: prior.forSeconds(STROKE_WINDOW_S), cap: own.cap };
  const windowUs = parts.prior.seconds * 1e6;
  const active = activeWindows<MouseEvent>(windowUs);
  const kept = strokeWindows(store);
  let windows = kept.length;
  let learned = kept.reduce((sum, w) => sum + w.newEvents, 0);
  let need = own.enrol;
  let model: StrokeModel | null = null;
  /** Why the model can't be used; why the last training gave none. */
  let broken: string | null = null;
  let failed: string | null = null;
  const waiting = quarantine<StoredWindow>(({ ts }) => ts);
  /** Activity until the end of the last window that was scored. */
  let scoredUs = 0;
  let scoring = false;

  function learn(nowUs: number, learnable: boolean): void {
    const completed = active.take();
    // Without its model nothing tells who moves the mouse, so nothing is learned from it either.
    if (!learnable || broken !== null) {
      active.restart();
      waiting.empty();
      return;
    }
    for (const window of completed.map(storable)) if (window !== null) waiting.add(window);
    const due = model === null ? waiting.empty() : waiting.until(nowUs - QUARANTINE_MS * 1000);
    for (const window of due) {
      store.addWindow(window);
      learned += window.newEvents;
      windows += 1;
    }
  }

  function storable(events: readonly MouseEvent[]): StoredWindow | null {
    const { vector, strokes } = mouse79(events);
    if (vector === null || strokes < own.minEvents) return null;
    const ts = events.at(-1)?.ts ?? 0;
    return { ts, modality: 'mouse', events: strokes, newEvents: strokes, vector: Float32Array.from(vector) };
  }

  function score(by: StrokeModel): TrackScore | null {
    const share = Math.min(1, (active.activeUs() - scoredUs) / windowUs);
    if (share === 0) return null;
    const { vector, strokes } = mouse79(active.recent());
    if (vector === null || strokes < own.minEvents) return null;
    scoredUs = active.activeUs();
    return by.score({ vector, strokes }, share);
  }

  const forgetWindow = (): void => {
    active.clear();
    waiting.empty();
    [scoredUs, scoring] = [active.activeUs(), false];
  };

  /** Strokes that count: many of them in a few windows are one mood of one moment, so the windows must be there as well. */
  const enrolled = (): number => Math.floor(Math.min(learned, need, (need * windows) / LEAST_WINDOWS));

  function view(): TrackView {
    const have = mouseUse(active.recent()).movements.length;
    const progress = { evidence: { have, need: own.minEvents }, enrolment: { have: enrolled(), need } };
    const fix = 'Run seclyzer train, or start learning anew with seclyzer enrol --restart.';
    if (broken !== null) return { status: 'unavailable', reason: broken, fix, ...progress };
    const status = model === null ? 'learning' : scoring ? 'scoring' : 'waiting';
    return { status, reason: model === null ? failed : model.doubt, fix: null, ...progress };
  }

  return {
    modality: 'mouse',
    accept: (event) => {
      if (event.type === 'mouse') active.push(event);
    },
    tick: async (nowUs, learnable) => {
      learn(nowUs, learnable);
      if (model === null) scoredUs = active.activeUs();
      const said = model === null || broken !== null ? null : score(model);
      scoring = said !== null;
      return said;
    },
    wantsTraining: () => {
      if (broken !== null || enrolled() < need) return false;
      if (model === null) return true;
      const { events, windows: seen } = model.learnedFrom;
      return seen < MAX_TRAINING_WINDOWS && learned >= MORE_TO_RETRAIN * events;
    },
    train: async (nowMs) => {
      try {
        const trained = trainStrokeModel(parts, nowMs);
        [model, broken, failed] = [trained.model, null, null];
        return trained.sentence;
      } catch (error) {
        failed = messageOf(error);
        need = Math.max(need, Math.ceil(MORE_AFTER_FAILURE * learned));
        throw error;
      }
    },
    trained: () => model !== null && broken === null,
    mature: () =>
      model !== null && broken === null && model.learnedFrom.events >= DEFAULT_SETTINGS.modalities.mouse.enrol,
    interrupt: forgetWindow,
    view,
    load: async () => {
      try {
        model = loadStrokeModel(parts);
      } catch (error) {
        broken = messageOf(error);
        throw error;
      }
    },
    reset: async () => {
      store.clearModels('mouse');
      store.clearWindows('mouse');
      forgetWindow();
      [model, broken, failed, learned, windows, need] = [null, null, null, 0, 0, own.enrol];
    },
    release: () => Promise.resolve(),
  };
}
