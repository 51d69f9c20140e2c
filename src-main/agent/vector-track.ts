// One vector modality at work: events into windows, windows into the store while learning, into a model when enrolment is
// complete, and through the model into a calibrated score from then on.
import { ModelRefused } from './infer/model-gate.ts';
import { MIN_TRAINING_WINDOWS } from './learn/train-vector-model.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { StoredWindow } from './store/store.ts';
import type { Standing, Track, TrackScore, TrackView } from './track.ts';
import {
  forgetOwnModels,
  loadOwnModel,
  MAX_TRAINING_WINDOWS,
  ONLY_PROFILE,
  trainOwnModel,
  type VectorModelParts,
} from './vector-model.ts';
import type { OwnModel } from './vector-score.ts';
import { eventWindow } from './windows.ts';
import { messageOf } from './thrown.ts';

interface ClosedWindow {
  readonly window: StoredWindow;
  /** Share of its events that no earlier window used. */
  readonly share: number;
}

/** A fifth more than there was when training failed: what was too little is not tried again at every tick. */
const MORE_AFTER_FAILURE = 1.2;
const ONE_ONLY = 'these models know one profile only';

export function vectorTrack<E extends { readonly ts: number }>(parts: VectorModelParts<E>): Track {
  const { path, settings, store, prior } = parts;
  const own = settings.modalities[path.modality];
  const recent = eventWindow<E>(settings.windowUs);
  const kept = store.windows(path.modality, MAX_TRAINING_WINDOWS);
  let windows = kept.length;
  let learned = kept.reduce((sum, w) => sum + w.newEvents, 0);
  let need = own.enrol;
  let model: OwnModel | null = null;
  /** Why the model can't be used; why the last training gave none. */
  let broken: string | null = null;
  let failed: string | null = null;
  /** Why there is no memory for it at the moment. */
  let refused: string | null = null;
  let training = false;
  let closedUs = 0;
  /** Events that came since the last window that was used: late ones, whose time lies before it, are new all the same. */
  let fresh = 0;
  let scoring = false;

  /** The window that ends now, or null when there is nothing new in it or too little altogether. */
  function close(nowUs: number): ClosedWindow | null {
    // The clock was set back: what is kept bears times that are still to come.
    if (nowUs < closedUs) recent.clear();
    closedUs = nowUs;
    const events = recent.until(nowUs);
    if (fresh === 0 || events.length === 0) return null;
    const { vector, count } = path.measure(events, prior.fallback);
    if (count < own.minEvents) return null;
    const share = Math.min(1, fresh / events.length);
    fresh = 0;
    const newEvents = Math.round(count * share);
    return {
      window: { ts: nowUs, modality: path.modality, profile: ONLY_PROFILE, events: count, newEvents, vector },
      share,
    };
  }

  /** Null while there is no memory for the model: the other modalities go on without it. */
  async function score({ window, share }: ClosedWindow, by: OwnModel): Promise<TrackScore | null> {
    try {
      const said = await by.score(window, share);
      [broken, refused] = [null, null];
      return said;
    } catch (error) {
      if (error instanceof ModelRefused) {
        refused = error.message;
        return null;
      }
      broken = messageOf(error);
      throw error;
    }
  }

  /** Events that count: many of them in a few windows are one mood of one moment, so the windows must be there as well. */
  const enrolled = (): number => Math.floor(Math.min(learned, need, (need * windows) / MIN_TRAINING_WINDOWS));

  function view(nowUs: number): TrackView {
    const events = recent.peek(nowUs);
    const have = events.length === 0 ? 0 : path.measure(events, prior.fallback).count;
    const progress = { evidence: { have, need: own.minEvents }, enrolment: { have: enrolled(), need } };
    const fix = 'Run seclyzer train, or start learning anew with seclyzer enrol --restart.';
    if (broken !== null) return { status: 'unavailable', reason: broken, fix, ...progress };
    const status = training ? 'training' : model === null ? 'learning' : scoring ? 'scoring' : 'waiting';
    return { status, reason: model === null ? failed : refused, fix: null, ...progress };
  }

  const trained = (): boolean => model !== null && broken === null;
  const mature = (): boolean =>
    model !== null && broken === null && model.learnedFrom >= DEFAULT_SETTINGS.modalities[path.modality].enrol;

  function standing(profile: number): Standing {
    const [kind] = path.models;
    const versions = kind === undefined ? [] : store.versions(profile, kind.name).slice(0, 1);
    if (profile !== ONLY_PROFILE)
      return { maturity: 'none', have: 0, need, refused: false, trouble: ONE_ONLY, versions };
    const maturity = mature() ? 'mature' : trained() ? 'young' : 'none';
    return { maturity, have: enrolled(), need, refused: broken !== null, trouble: broken ?? failed, versions };
  }

  return {
    modality: path.modality,
    shared: false,
    accept: (event) => {
      const mine = path.mine(event);
      if (mine === null) return;
      recent.push(mine);
      fresh += 1;
    },
    tick: async (nowUs, learnable) => {
      const closed = close(nowUs);
      scoring = model !== null && closed !== null;
      if (closed === null) return null;
      // Without its model nothing tells who is typing, so nothing is learned from it either.
      if (learnable && broken === null) {
        store.addWindow(closed.window);
        learned += closed.window.newEvents;
        windows += 1;
      }
      return model === null ? null : score(closed, model);
    },
    wantsTraining: () => model === null && broken === null && !training && enrolled() >= need,
    needsTrust: trained,
    train: async (nowMs, order) => {
      training = true;
      try {
        const made = await trainOwnModel(parts, { nowMs, why: order?.why ?? (model === null ? 'enrolment' : 'more') });
        await model?.release();
        [model, broken, failed] = [made.model, null, null];
        return made.sentence;
      } catch (error) {
        failed = messageOf(error);
        need = Math.max(need, Math.ceil(MORE_AFTER_FAILURE * learned));
        throw error;
      } finally {
        training = false;
      }
    },
    trained,
    mature,
    standing,
    useVersion: () => Promise.reject(new Error('These models are there to compare with: no earlier version is kept.')),
    takeUnlearned: () => null,
    interrupt: () => {
      recent.clear();
      [fresh, scoring] = [0, false];
    },
    view,
    load: async () => {
      try {
        model = await loadOwnModel(parts);
      } catch (error) {
        broken = messageOf(error);
        throw error;
      }
    },
    forget: async (profile) => {
      if (profile === ONLY_PROFILE) await reset();
    },
    reset,
    release: async () => model?.release(),
  };

  async function reset(): Promise<void> {
    await model?.release();
    await forgetOwnModels(parts);
    store.clearWindows(path.modality);
    recent.clear();
    [model, broken, failed, learned, windows, need, fresh, scoring] = [null, null, null, 0, 0, own.enrol, 0, false];
  }
}
