// What is known of the owner's typing in one of his profiles. In: times of keys and pairs of keys, each once. Out: what has been learned
// so far, the model that was made of it last, and the versions before that.
import {
  forgetStatistics,
  GRAPH_MODEL,
  goBackTo,
  keepStatistics,
  loadProfile,
  makeProfile,
  storedStatistics,
  type GraphPlace,
} from './graph-model.ts';
import type { Typed } from './graph-window.ts';
import { ownerModel, type OwnerModel } from './infer/owner-model.ts';
import type { Knowledge } from './knowledge-shelf.ts';
import type { GraphProfile } from './learn/graph-profile.ts';
import { graphLearner, type GraphLearner, type GraphStatistics } from './learn/graph-statistics.ts';
import type { Random } from './learn/random.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { StoredVersion } from './store/store.ts';
import { messageOf } from './thrown.ts';
import { MORE_TO_RETRAIN } from './track.ts';

export interface GraphModel {
  readonly profile: GraphProfile;
  readonly owner: OwnerModel;
}

export interface GraphKnowledge extends Knowledge<GraphModel> {
  /** @param sitting the stretch of use that it was typed in, counted by the track. */
  readonly learn: (typed: Pick<Typed, 'keys' | 'instances'>, sitting: number) => void;
  /** What somebody has vouched for. */
  readonly learnAll: (statistics: GraphStatistics) => void;
  /** Writes down what was learned since the last time. */
  readonly keep: (nowUs: number) => void;
  /** The same, but only now and then. */
  readonly keepWhereDue: (nowUs: number) => void;
}

export interface GraphKnowledgeParts extends GraphPlace {
  readonly settings: Settings;
  readonly random: Random;
}

const KEEP_EVERY_US = 60_000_000;
/** So much is as good as it gets. */
const LEARNED_ENOUGH = 20_000;
/** A fifth more than there was when training failed: what was too little is not tried again at every tick. */
const MORE_AFTER_FAILURE = 1.2;

export function graphKnowledge(parts: GraphKnowledgeParts): GraphKnowledge {
  const { settings, store, prior, random, profile } = parts;
  const { enrol } = settings.modalities.keystroke;
  const learnerFrom = (before: GraphStatistics | null): GraphLearner =>
    graphLearner(prior, random, before === null ? {} : { before });
  const before = storedStatistics(parts);
  let learner = learnerFrom(before);
  let learned = before?.strokes ?? 0;
  let model: GraphModel | null = null;
  let versions: readonly StoredVersion[] = [];
  /** Why the model can't be used; why the last training gave none. */
  let broken: string | null = null;
  let failed: string | null = null;
  let need = enrol;
  let sittingLearned: number | null = null;
  let keptUs = 0;
  let isKept = true;

  const use = (made: GraphProfile | null): void => {
    model = made === null ? null : { profile: made, owner: ownerModel(prior, made) };
    versions = store.versions(profile, GRAPH_MODEL);
    [broken, failed] = [null, null];
  };
  const added = (keys: number): void => {
    learner.addStrokes(keys);
    learned += keys;
    isKept = false;
  };
  const keep = (nowUs: number): void => {
    if (!isKept) keepStatistics(parts, learner.statistics());
    [keptUs, isKept] = [nowUs, true];
  };

  return {
    model: () => (broken === null ? model : null),
    learn: ({ keys, instances }, sitting) => {
      // Without its model nothing tells who types, so nothing is learned from it either.
      if (broken !== null) return;
      if (sitting !== sittingLearned) learner.addSitting();
      sittingLearned = sitting;
      for (const instance of instances) learner.add(instance);
      added(keys);
    },
    learnAll: (statistics) => {
      learner.addAll(statistics);
      learned += statistics.strokes;
      isKept = false;
    },
    standing: () => {
      const full = DEFAULT_SETTINGS.modalities.keystroke.enrol;
      const maturity = model === null || broken !== null ? 'none' : model.profile.strokes >= full ? 'mature' : 'young';
      const trouble = broken ?? (model === null ? failed : null);
      return { maturity, have: Math.min(learned, need), need, refused: broken !== null, trouble, versions };
    },
    wantsTraining: () => {
      if (broken !== null) return false;
      if (model === null) return learned >= need;
      return learned < LEARNED_ENOUGH && learned >= MORE_TO_RETRAIN * model.profile.strokes;
    },
    train: (nowMs, why) => {
      try {
        const statistics = learner.statistics();
        use(makeProfile(parts, statistics, { nowMs, why }));
        isKept = false;
        keep(nowMs * 1000);
        return `Learned your typing from ${statistics.strokes} keystrokes.`;
      } catch (error) {
        failed = messageOf(error);
        need = Math.max(need, Math.ceil(MORE_AFTER_FAILURE * learned));
        throw error;
      }
    },
    goBack: (version) => {
      const statistics = goBackTo(parts, version);
      learner = learnerFrom(statistics);
      learned = statistics.strokes;
      [isKept, sittingLearned] = [true, null];
      use(loadProfile(parts));
      return `Typing is judged by version ${version} again, learned from ${statistics.strokes} keystrokes; what came later is forgotten.`;
    },
    load: () => {
      try {
        use(loadProfile(parts));
      } catch (error) {
        versions = store.versions(profile, GRAPH_MODEL);
        broken = messageOf(error);
        throw error;
      }
    },
    keep,
    keepWhereDue: (nowUs) => {
      if (nowUs - keptUs >= KEEP_EVERY_US) keep(nowUs);
    },
    forget: () => {
      forgetStatistics(parts);
      store.clearModels('keystroke', profile);
      store.clearWindows('keystroke', profile);
      learner = learnerFrom(null);
      [learned, need, isKept, sittingLearned] = [0, enrol, true, null];
      use(null);
    },
  };
}
