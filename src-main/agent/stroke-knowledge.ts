// What is known of the owner's mouse in one of his profiles. In: windows of use, each once. Out: the windows that are kept, the model
// that was made of them last, and the versions before that.
import { STROKE_MODEL } from './infer/stroke-card.ts';
import type { Knowledge } from './knowledge-shelf.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { StoredVersion } from './store/store.ts';
import {
  LEAST_WINDOWS,
  loadStrokeModel,
  MAX_TRAINING_WINDOWS,
  strokeWindows,
  trainStrokeModel,
  type StrokeModel,
  type StrokeModelParts,
} from './stroke-model.ts';
import type { LooseWindow } from './stroke-unlearned.ts';
import { messageOf } from './thrown.ts';
import { MORE_TO_RETRAIN } from './track.ts';

export interface StrokeKnowledge extends Knowledge<StrokeModel> {
  readonly learn: (window: LooseWindow) => void;
}

export interface StrokeKnowledgeParts extends StrokeModelParts {
  readonly settings: Settings;
}

/** A fifth more than there was when training failed: what was too little is not tried again at every tick. */
const MORE_AFTER_FAILURE = 1.2;

export function strokeKnowledge(parts: StrokeKnowledgeParts): StrokeKnowledge {
  const { settings, store, profile } = parts;
  const { enrol } = settings.modalities.mouse;
  let windows = 0;
  let learned = 0;
  let need = enrol;
  let model: StrokeModel | null = null;
  let versions: readonly StoredVersion[] = [];
  /** Why the model can't be used; why the last training gave none. */
  let broken: string | null = null;
  let failed: string | null = null;

  const count = (): void => {
    const kept = strokeWindows(parts);
    windows = kept.length;
    learned = kept.reduce((sum, { newEvents }) => sum + newEvents, 0);
  };
  const use = (made: StrokeModel | null): void => {
    [model, broken, failed] = [made, null, null];
    versions = store.versions(profile, STROKE_MODEL);
  };
  /** Strokes that count: many of them in a few windows are one mood of one moment, so the windows must be there as well. */
  const enrolled = (): number => Math.floor(Math.min(learned, need, (need * windows) / LEAST_WINDOWS));
  count();

  return {
    model: () => (broken === null ? model : null),
    learn: (window) => {
      // Without its model nothing tells who moves the mouse, so nothing is learned from it either.
      if (broken !== null) return;
      store.addWindow({ ...window, profile });
      learned += window.newEvents;
      windows += 1;
    },
    standing: () => {
      const full = DEFAULT_SETTINGS.modalities.mouse.enrol;
      const usable = model !== null && broken === null;
      const maturity = !usable ? 'none' : model !== null && model.learnedFrom.events >= full ? 'mature' : 'young';
      const trouble = broken ?? (model === null ? failed : model.doubt);
      return { maturity, have: enrolled(), need, refused: broken !== null, trouble, versions };
    },
    due: () => {
      if (broken !== null || enrolled() < need) return null;
      if (model === null) return 'enrolment';
      const { events, windows: seen } = model.learnedFrom;
      return seen < MAX_TRAINING_WINDOWS && learned >= MORE_TO_RETRAIN * events ? 'more' : null;
    },
    train: async (nowMs, why) => {
      try {
        const trained = await trainStrokeModel(parts, { nowMs, why });
        use(trained.model);
        return trained.sentence;
      } catch (error) {
        failed = messageOf(error);
        need = Math.max(need, Math.ceil(MORE_AFTER_FAILURE * learned));
        throw error;
      }
    },
    goBack: (version) => {
      store.goBack(profile, STROKE_MODEL, version);
      count();
      use(loadStrokeModel(parts));
      return `The mouse is judged by version ${version} again, learned from ${model?.learnedFrom.events ?? 0} movements; what came later is forgotten.`;
    },
    load: () => {
      try {
        use(loadStrokeModel(parts));
      } catch (error) {
        versions = store.versions(profile, STROKE_MODEL);
        broken = messageOf(error);
        throw error;
      }
    },
    forget: () => {
      store.clearModels('mouse', profile);
      store.clearWindows('mouse', profile);
      [windows, learned, need] = [0, 0, enrol];
      use(null);
    },
  };
}
