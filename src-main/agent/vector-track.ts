// One vector modality at work: events into windows, windows into the store while learning, into a model when enrolment is
// complete, and through the model into a calibrated score from then on.
import type { StoredWindow } from './store/store.ts';
import type { Track, TrackView } from './track.ts';
import {
  loadOwnModel,
  MAX_TRAINING_WINDOWS,
  trainOwnModel,
  type OwnModel,
  type VectorModelParts,
} from './vector-model.ts';
import { MIN_TRAINING_WINDOWS } from './learn/train-vector-model.ts';
import { eventWindow } from './windows.ts';

interface ClosedWindow {
  readonly window: StoredWindow;
  /** Share of its events that no earlier window had. */
  readonly share: number;
}

export function vectorTrack<E extends { readonly ts: number }>(parts: VectorModelParts<E>): Track {
  const { path, settings, store, prior } = parts;
  const own = settings.modalities[path.modality];
  const recent = eventWindow<E>(settings.windowUs);
  const kept = store.windows(path.modality, MAX_TRAINING_WINDOWS);
  let windows = kept.length;
  let learned = kept.reduce((sum, w) => sum + w.newEvents, 0);
  let model: OwnModel | null = null;
  let refused: string | null = null;
  let training = false;
  let dueAt = 0;
  let closedUs = 0;
  let scoring = false;

  /** The window that ends now, or null when nothing in it is new. */
  function close(nowUs: number): ClosedWindow | null {
    // The clock was set back: what is kept bears times that are still to come.
    if (nowUs < closedUs) recent.clear();
    const events = recent.until(nowUs);
    const fresh = events.length - (events.findLastIndex((event) => event.ts <= closedUs) + 1);
    closedUs = nowUs;
    if (fresh === 0) return null;
    const { vector, count } = path.measure(events, prior.fallback);
    const share = fresh / events.length;
    const newEvents = Math.round(count * share);
    return { window: { ts: nowUs, modality: path.modality, events: count, newEvents, vector }, share };
  }

  /** Events that count: many of them in a few windows are one mood of one moment, so the windows must be there as well. */
  const enrolled = (): number => Math.floor(Math.min(learned, own.enrol, (own.enrol * windows) / MIN_TRAINING_WINDOWS));

  function view(nowUs: number): TrackView {
    const events = recent.peek(nowUs);
    const have = events.length === 0 ? 0 : path.measure(events, prior.fallback).count;
    const evidence = { have, need: own.minEvents };
    const enrolment = { have: enrolled(), need: own.enrol };
    if (refused !== null) {
      return {
        status: 'unavailable',
        reason: refused,
        fix: 'Run seclyzer train, or start learning anew.',
        evidence,
        enrolment,
      };
    }
    const status = training ? 'training' : model === null ? 'learning' : scoring ? 'scoring' : 'waiting';
    return { status, reason: null, fix: null, evidence, enrolment };
  }

  return {
    modality: path.modality,
    accept: (event) => {
      const mine = path.mine(event);
      if (mine !== null) recent.push(mine);
    },
    tick: async (nowUs, learnable) => {
      const closed = close(nowUs);
      scoring = model !== null && closed !== null && closed.window.events >= own.minEvents;
      if (closed === null || closed.window.events < own.minEvents) return null;
      if (learnable) {
        store.addWindow(closed.window);
        learned += closed.window.newEvents;
        windows += 1;
      }
      return model === null ? null : model.score(closed.window, closed.share);
    },
    wantsTraining: () => model === null && !training && refused === null && enrolled() >= own.enrol && learned >= dueAt,
    train: async (nowMs) => {
      training = true;
      try {
        const trained = await trainOwnModel(parts, nowMs);
        await model?.release();
        [model, refused] = [trained.model, null];
        return trained.sentence;
      } catch (error) {
        // What was too little today is tried again with a fifth more, not at every tick.
        dueAt = Math.ceil(1.2 * learned);
        throw error;
      } finally {
        training = false;
      }
    },
    trained: () => model !== null,
    view,
    load: async () => {
      try {
        model = await loadOwnModel(parts);
      } catch (error) {
        refused = error instanceof Error ? error.message : String(error);
        throw error;
      }
    },
    reset: async () => {
      await model?.release();
      store.clearWindows(path.modality);
      recent.clear();
      [model, refused, learned, windows, dueAt, scoring] = [null, null, 0, 0, 0, false];
    },
    release: async () => model?.release(),
  };
}
