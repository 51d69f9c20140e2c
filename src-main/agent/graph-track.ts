// Typing at work: times of keys and pairs of keys into what is kept of the owner, into a profile when enrolment is complete, and
// from then on into evidence against a crowd of invented people. Each keystroke is learned and scored once; keys are not kept.
import type { InputEvent } from './events.ts';
import { graphStream, type GraphInstance } from './features/graphs.ts';
import { forgetStatistics, keepStatistics, loadProfile, makeProfile, storedStatistics } from './graph-model.ts';
import { graphWindow, type Typed } from './graph-window.ts';
import { graphCrowd, type GraphCrowd } from './infer/graph-crowd.ts';
import { ownerModel, type OwnerModel, type OwnerSitting } from './infer/owner-model.ts';
import type { GraphPrior } from './learn/graph-prior.ts';
import type { GraphProfile } from './learn/graph-profile.ts';
import { graphLearner, type GraphLearner } from './learn/graph-statistics.ts';
import { createRandom } from './learn/random.ts';
import { quarantine } from './quarantine.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import { messageOf } from './thrown.ts';
import { MORE_TO_RETRAIN, QUARANTINE_MS, type Track } from './track.ts';

export interface GraphTrackParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly prior: GraphPrior;
  /** Of this installation: chooses which of many values are kept. */
  readonly seed: number;
}

interface Model {
  readonly profile: GraphProfile;
  readonly owner: OwnerModel;
  sitting: OwnerSitting;
}

/** A longer pause begins another sitting: the owner may be a little slower or faster then. */
const SITTING_GAP_US = 3_600_000_000;
const KEEP_EVERY_US = 60_000_000;
/** So much is as good as it gets. */
const LEARNED_ENOUGH = 20_000;

export function graphTrack({ settings, store, prior, seed }: GraphTrackParts): Track {
  const own = settings.modalities.keystroke;
  const stream = graphStream();
  const random = createRandom(seed);
  const before = storedStatistics(store, prior);
  let learner: GraphLearner = graphLearner(prior, random, before === null ? {} : { before });
  let learned = before?.strokes ?? 0;
  let crowd: GraphCrowd | null = null;
  let model: Model | null = null;
  /** Why the model can't be used; why the last training gave none. */
  let broken: string | null = null;
  let failed: string | null = null;
  let need = own.enrol;
  let fresh: GraphInstance[] = [];
  let counted = 0;
  let lastPressUs = Number.NEGATIVE_INFINITY;
  const waiting = quarantine<Typed>(({ atUs }) => atUs);
  const window = graphWindow(prior, settings);
  let scoring = false;
  let keptUs = 0;
  let isKept = true;

  const use = (profile: GraphProfile): Model => {
    crowd ??= graphCrowd(prior);
    const owner = ownerModel(prior, profile);
    return { profile, owner, sitting: owner.sitting() };
  };

  const take = (nowUs: number): Typed | null => {
    const keys = stream.strokes() - counted;
    if (keys === 0 && fresh.length === 0) return null;
    const typed = { atUs: nowUs, keys, instances: fresh };
    [counted, fresh] = [stream.strokes(), []];
    return typed;
  };

  function learn(nowUs: number, learnable: boolean): void {
    if (!learnable || broken !== null) waiting.empty();
    const due = model === null ? waiting.empty() : waiting.until(nowUs - QUARANTINE_MS * 1000);
    for (const { keys, instances } of due) {
      for (const instance of instances) learner.add(instance);
      learner.addStrokes(keys);
      learned += keys;
      isKept = false;
    }
    if (!isKept && nowUs - keptUs >= KEEP_EVERY_US) keep(nowUs);
  }

  function keep(nowUs: number): void {
    keepStatistics(store, prior, learner.statistics());
    [keptUs, isKept] = [nowUs, true];
  }

  const forgetWindow = (): void => {
    stream.cut();
    waiting.empty();
    window.clear();
    [fresh, scoring] = [[], false];
    counted = stream.strokes();
    if (model !== null) model.sitting = model.owner.sitting();
  };

  return {
    modality: 'keystroke',
    accept: (event: InputEvent) => {
      if (event.type !== 'keystroke') return;
      if (event.event === 'press') {
        if (event.ts - lastPressUs > SITTING_GAP_US) {
          learner.addSitting();
          if (model !== null) model.sitting = model.owner.sitting();
        }
        lastPressUs = event.ts;
      }
      fresh.push(...stream.accept(event));
    },
    tick: async (nowUs, learnable) => {
      const typed = take(nowUs);
      if (typed !== null) waiting.add(typed);
      learn(nowUs, learnable);
      scoring = false;
      window.moveTo(nowUs);
      if (typed === null || model === null || crowd === null) return null;
      window.add(typed, crowd, model.sitting);
      const score = window.score(model.owner);
      scoring = score !== null;
      return score;
    },
    wantsTraining: () => {
      if (broken !== null) return false;
      if (model === null) return learned >= need;
      return learned < LEARNED_ENOUGH && learned >= MORE_TO_RETRAIN * model.profile.strokes;
    },
    train: async (nowMs) => {
      try {
        const statistics = learner.statistics();
        model = use(makeProfile(store, prior, statistics, nowMs));
        keep(nowMs * 1000);
        [broken, failed] = [null, null];
        window.clear();
        return `Learned your typing from ${statistics.strokes} keystrokes.`;
      } catch (error) {
        failed = messageOf(error);
        need = Math.max(need, Math.ceil(1.2 * learned));
        throw error;
      }
    },
    trained: () => model !== null && broken === null,
    mature: () => model !== null && model.profile.strokes >= DEFAULT_SETTINGS.modalities.keystroke.enrol,
    interrupt: forgetWindow,
    view: (nowUs) => {
      const have = window.keys(nowUs) + stream.strokes() - counted;
      const enrolment = { have: Math.min(learned, need), need };
      const progress = { evidence: { have, need: own.minEvents }, enrolment };
      const fix = 'Run seclyzer train, or start learning anew with seclyzer enrol --restart.';
      if (broken !== null) return { status: 'unavailable', reason: broken, fix, ...progress };
      const status = model === null ? 'learning' : scoring ? 'scoring' : 'waiting';
      return { status, reason: model === null ? failed : null, fix: null, ...progress };
    },
    load: async () => {
      try {
        const profile = loadProfile(store, prior);
        model = profile === null ? null : use(profile);
      } catch (error) {
        broken = messageOf(error);
        throw error;
      }
    },
    reset: async () => {
      forgetStatistics(store);
      store.clearModels('keystroke');
      store.clearWindows('keystroke');
      learner = graphLearner(prior, random);
      forgetWindow();
      [model, broken, failed, learned, need, isKept] = [null, null, null, 0, own.enrol, true];
    },
    release: async () => {
      if (!isKept) keep(keptUs);
    },
  };
}
