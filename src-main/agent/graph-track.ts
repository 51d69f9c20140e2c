// Typing at work: times of keys and pairs of keys into what is kept of the owner, into a profile when enrolment is complete, and
// from then on into evidence against a crowd of invented people. Each keystroke is learned and scored once; keys are not kept.
import { graphReason } from './act/graph-reason.ts';
import type { InputEvent } from './events.ts';
import { graphStream, type GraphInstance } from './features/graphs.ts';
import { forgetStatistics, keepStatistics, loadProfile, makeProfile, storedStatistics } from './graph-model.ts';
import { graphCrowd, type GraphCrowd } from './infer/graph-crowd.ts';
import {
  addCrowd,
  addTally,
  crowdTally,
  graphRatio,
  graphScore,
  ownerSums,
  ratiosAgainst,
} from './infer/graph-score.ts';
import type { CrowdTally } from './infer/graph-score.ts';
import { judged, ownerModel, type JudgedGraph, type OwnerModel, type OwnerSitting } from './infer/owner-model.ts';
import type { GraphPrior } from './learn/graph-prior.ts';
import type { GraphProfile } from './learn/graph-profile.ts';
import { graphLearner, type GraphLearner } from './learn/graph-statistics.ts';
import { createRandom } from './learn/random.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import { messageOf } from './thrown.ts';
import { MORE_TO_RETRAIN, QUARANTINE_MS, type Track, type TrackScore } from './track.ts';

export interface GraphTrackParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly prior: GraphPrior;
  /** Of this installation: chooses which of many values are kept. */
  readonly seed: number;
}

/** What was typed between two ticks. */
interface Typed {
  readonly atUs: number;
  readonly keys: number;
  readonly instances: readonly GraphInstance[];
}

/** The same, scored. */
interface Hop extends Pick<Typed, 'atUs' | 'keys'> {
  readonly graphs: readonly JudgedGraph[];
  readonly crowd: CrowdTally;
  readonly owner: Float64Array;
  told: boolean;
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
  let waiting: Typed[] = [];
  let hops: Hop[] = [];
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
    if (!learnable || broken !== null) waiting = [];
    const due = model === null ? waiting : waiting.filter(({ atUs }) => atUs <= nowUs - QUARANTINE_MS * 1000);
    waiting = waiting.slice(due.length);
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

  function hopOf({ atUs, keys, instances }: Typed, { sitting }: Model, people: GraphCrowd): Hop {
    const graphs = instances.map((instance) => judged(prior, instance));
    const tally = crowdTally(people.people);
    for (const graph of graphs) addCrowd(tally, people, graph);
    return { atUs, keys, graphs, crowd: tally, owner: ownerSums(sitting, graphs), told: false };
  }

  /** The window that ends now; what of it was not told yet is the evidence. */
  function scoreOf({ owner }: Model, people: GraphCrowd): TrackScore | null {
    const keys = hops.reduce((sum, hop) => sum + hop.keys, 0);
    if (keys < own.minEvents) return null;
    const [whole, untold] = [crowdTally(people.people), crowdTally(people.people)];
    const [sums, untoldSums] = [new Float64Array(whole.counts.length), new Float64Array(whole.counts.length)];
    let untoldKeys = 0;
    for (const hop of hops) {
      addTally(whole, hop.crowd);
      for (const [i, sum] of hop.owner.entries()) sums[i] = (sums[i] ?? 0) + sum;
      if (hop.told) continue;
      addTally(untold, hop.crowd);
      for (const [i, sum] of hop.owner.entries()) untoldSums[i] = (untoldSums[i] ?? 0) + sum;
      untoldKeys += hop.keys;
      hop.told = true;
    }
    const raw = graphScore(owner, sums, whole, keys);
    if (raw === null) return null;
    const [low, high] = own.cap;
    const llr = Math.min(high, Math.max(low, graphRatio(prior.file.calibration, raw, keys)));
    const graphs = hops.flatMap((hop) => hop.graphs);
    return {
      ...{ raw, llr, share: Math.min(1, untoldKeys / own.fullEvents) },
      against: ratiosAgainst(untoldSums, untold),
      strongest: graphReason(owner, graphs, llr > 0),
    };
  }

  const forgetWindow = (): void => {
    stream.cut();
    [fresh, waiting, hops, scoring] = [[], [], [], false];
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
      if (typed !== null) waiting.push(typed);
      learn(nowUs, learnable);
      scoring = false;
      hops = hops.filter(({ atUs }) => atUs > nowUs - settings.windowUs);
      if (typed === null || model === null || crowd === null) return null;
      hops.push(hopOf(typed, model, crowd));
      const score = scoreOf(model, crowd);
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
        [broken, failed, hops] = [null, null, []];
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
      const inWindow = hops.filter(({ atUs }) => atUs > nowUs - settings.windowUs);
      const have = inWindow.reduce((sum, hop) => sum + hop.keys, 0) + stream.strokes() - counted;
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
