// What is known of the owner's typing in one of his profiles. In: times of keys and pairs of keys, each once. Out: what has been learned
// so far, the model that was made of it last, and the versions before that.
import { graphHeldOut, type MeasuringParts } from './graph-held-out.ts';
import {
  forgetStatistics,
  GRAPH_MODEL,
  goBackTo,
  keepStatistics,
  LEAST_STROKES,
  loadProfile,
  makeProfile,
  storedStatistics,
  type GraphPlace,
} from './graph-model.ts';
import type { Typed } from './graph-window.ts';
import { ownerModel, type OwnerModel } from './infer/owner-model.ts';
import type { Knowledge } from './knowledge-shelf.ts';
import { graphProfileOf, type GraphProfile } from './learn/graph-profile.ts';
import { graphLearner, type GraphLearner, type GraphStatistics } from './learn/graph-statistics.ts';
import type { EnrolmentProgress } from './learn/enrolment-rule.ts';
import type { Random } from './learn/random.ts';
import type { MeasuredModel } from './learn/held-out-typing.ts';
import { boundsOf, type Settings } from './settings.ts';
import type { StoredVersion } from './store/store.ts';
import { messageOf } from './thrown.ts';
import { MORE_TO_RETRAIN, type Standing } from './track.ts';

export interface GraphModel {
  readonly profile: GraphProfile;
  readonly owner: OwnerModel;
}

type Lesson = Pick<Typed, 'keys' | 'instances'>;

export interface GraphKnowledge extends Knowledge<GraphModel> {
  /**
   * Measures with it how well the model does, whether it is learned afterwards or not.
   * @param sitting the stretch of use that it was typed in, counted by the track.
   * @param confirmed whether nothing at all speaks against its being the owner's.
   */
  readonly measure: (typed: Lesson, sitting: number, confirmed: boolean) => void;
  readonly learn: (typed: Lesson, sitting: number) => void;
  /** What somebody has vouched for. */
  readonly learnAll: (statistics: GraphStatistics) => void;
  /** What comes next does not follow what came last. */
  readonly cut: () => void;
  /** Writes down what was learned since the last time. */
  readonly keep: (nowUs: number) => void;
  /** The same, but only now and then. */
  readonly keepWhereDue: (nowUs: number) => void;
}

export interface GraphKnowledgeParts extends GraphPlace, MeasuringParts {
  readonly settings: Settings;
  /** Chooses which of many values are kept. */
  readonly random: Random;
}

const KEEP_EVERY_US = 60_000_000;
/** So much is as good as it gets. */
const LEARNED_ENOUGH = 20_000;
/** Than there was when training failed. */
const MORE_AFTER_FAILURE = 1.2;
/** When the owner has changed. More than half of what a model is made of was learned before, so that no step is large. */
const OLD_SHARE = 0.5;
/** A model that is made to be measured is made again when so much more is known. */
const MORE_TO_MEASURE = 1.25;

export function graphKnowledge(parts: GraphKnowledgeParts): GraphKnowledge {
  const { settings, store, prior, random, profile } = parts;
  const bounds = boundsOf(settings.modalities.keystroke);
  const learnerFrom = (before: GraphStatistics | null): GraphLearner =>
    graphLearner(prior, random, before === null ? {} : { before });
  const before = storedStatistics(parts);
  let learner = learnerFrom(before);
  let learned = before?.strokes ?? 0;
  let model: GraphModel | null = null;
  /** Made to be measured. */
  let draft: MeasuredModel | null = null;
  let versions: readonly StoredVersion[] = [];
  /** Why the model can't be used; why the last training gave none. */
  let broken: string | null = null;
  let failed: string | null = null;
  /** More after a training that failed: what was too little is not tried again at every tick. */
  let least = bounds.least;
  /** Of the progress that was told: it does not go back. */
  let shown = 0;
  let sittingLearned: number | null = null;
  let keptUs = 0;
  let isKept = true;

  const heldOut = graphHeldOut({
    ...parts,
    inUse: () => model?.profile.strokes ?? null,
    model: () => {
      if (model !== null && !heldOut.relearning()) return { owner: model.owner, strokes: model.profile.strokes };
      if (broken !== null || learned < LEAST_STROKES) return null;
      if (draft !== null && learned < MORE_TO_MEASURE * draft.strokes) return draft;
      draft = { owner: ownerModel(prior, graphProfileOf(prior, learner.statistics())), strokes: learned };
      return draft;
    },
    drifted: () => {
      learner.fade(OLD_SHARE);
      learned = learner.statistics().strokes;
      [draft, isKept] = [null, false];
    },
  });

  const use = (made: GraphProfile | null): void => {
    model = made === null ? null : { profile: made, owner: ownerModel(prior, made) };
    versions = store.versions(profile, GRAPH_MODEL);
    [broken, failed, draft, shown] = [null, null, null, 0];
  };
  const added = (keys: number): void => {
    learner.addStrokes(keys);
    heldOut.learned(keys);
    learned += keys;
    isKept = false;
  };
  const keep = (nowUs: number): void => {
    if (!isKept) keepStatistics(parts, learner.statistics());
    heldOut.keep();
    [keptUs, isKept] = [nowUs, true];
  };
  const progress = (): EnrolmentProgress => heldOut.progress(learned, { least, most: Math.max(least, bounds.most) });
  const enrolment = (): Pick<Standing, 'have' | 'need'> => {
    const { complete, need } = progress();
    if (complete || (model !== null && model.profile.strokes >= least)) return { have: need, need };
    shown = Math.max(shown, learned / need);
    return { have: learned, need: shown === 0 ? need : Math.max(learned + 1, Math.ceil(learned / shown)) };
  };

  return {
    model: () => (broken === null ? model : null),
    measure: heldOut.add,
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
      added(0);
      learned += statistics.strokes;
    },
    cut: heldOut.cut,
    standing: () => {
      const maturity = model === null || broken !== null ? 'none' : heldOut.mature() ? 'mature' : 'young';
      const trouble = broken ?? (model === null ? failed : null);
      return { maturity, ...enrolment(), refused: broken !== null, trouble, versions };
    },
    due: () => {
      if (broken !== null) return null;
      if (model === null) return progress().complete ? 'enrolment' : null;
      if (heldOut.relearning()) return heldOut.relearned() ? 'drift' : null;
      return learned < LEARNED_ENOUGH && learned >= MORE_TO_RETRAIN * model.profile.strokes ? 'more' : null;
    },
    train: async (nowMs, why) => {
      try {
        const statistics = learner.statistics();
        use(makeProfile(parts, statistics, { nowMs, why, accuracy: heldOut.accuracy() }));
        heldOut.made();
        isKept = false;
        keep(nowMs * 1000);
        return `Learned your typing from ${statistics.strokes.toLocaleString('en-US')} keystrokes.`;
      } catch (error) {
        failed = messageOf(error);
        least = Math.max(least, Math.ceil(MORE_AFTER_FAILURE * learned));
        throw error;
      }
    },
    goBack: (version) => {
      const statistics = goBackTo(parts, version);
      learner = learnerFrom(statistics);
      learned = statistics.strokes;
      heldOut.goBack(learned);
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
      heldOut.forget();
      store.clearModels('keystroke', profile);
      store.clearWindows('keystroke', profile);
      learner = learnerFrom(null);
      [learned, least, isKept, sittingLearned] = [0, bounds.least, true, null];
      use(null);
    },
  };
}
