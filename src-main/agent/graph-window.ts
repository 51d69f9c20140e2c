// Times of keys and pairs of keys in, tick by tick; out: how well those of the last half minute fit the owner, and what those that were
// not told yet say against the crowd. Each keystroke is evidence once, of every profile of the owner that has a model.
import { graphReason } from './act/graph-reason.ts';
import { GRAPH_TYPES, type GraphInstance } from './features/graphs.ts';
import type { GraphCrowd } from './infer/graph-crowd.ts';
import { addCrowd, addTally, crowdTally, emptied, takeOffTally, type CrowdTally } from './infer/crowd-tally.ts';
import { graphRatio, graphScore, ownerSums, ratiosAgainst, runningEvidence } from './infer/graph-score.ts';
import { judged, type JudgedGraph, type OwnerModel, type OwnerSitting } from './infer/owner-model.ts';
import { ownerWindow, type OwnerWindow } from './infer/owner-window.ts';
import type { GraphPrior } from './learn/graph-prior.ts';
import type { Settings } from './settings.ts';
import type { TrackScore } from './track.ts';

/** What was typed between two ticks. */
export interface Typed {
  readonly atUs: number;
  readonly keys: number;
  readonly instances: readonly GraphInstance[];
}

/** The same, scored. */
interface Hop extends Pick<Typed, 'atUs' | 'keys'> {
  readonly graphs: readonly JudgedGraph[];
  readonly crowd: CrowdTally;
  /** The sums of the owner's ratios as he types on, by profile. */
  readonly owners: ReadonlyMap<number, Float64Array>;
  told: boolean;
}

/** Which profile the owner works with. */
export interface Choice {
  /** The one in use, of those that have a model. */
  readonly inUse: () => number | null;
  /** Natural-log ratio of the owner, whichever profile he works with, from those of the profiles. */
  readonly weigh: (ratios: ReadonlyMap<number, number>) => number;
  /** Only what fits counts: somebody may be at work in a profile that has no model yet. */
  readonly onlyFitting: boolean;
}

export interface GraphWindow {
  /** Scores what was typed since the last tick. */
  readonly add: (typed: Typed, crowd: GraphCrowd, sittings: ReadonlyMap<number, OwnerSitting>) => void;
  /** The window that ends now; what of it was not told yet is the evidence. Null when there is too little in it. */
  readonly score: (owners: ReadonlyMap<number, OwnerModel>, choice: Choice) => TrackScore | null;
  /** Keystrokes of the window that ends at this moment. */
  readonly keys: (nowUs: number) => number;
  /** Forgets what lies before the window. */
  readonly moveTo: (nowUs: number) => void;
  /** To be called as soon as another set of profiles has a model. */
  readonly clear: () => void;
}

/** Natural-log ratio: so much one tick may speak for somebody else. One burst of keys, or one slip of the hand, must not decide. */
const MOST_AT_ONCE = 1.8;
/**
 * Natural-log ratio of the whole window, 1 to 100: below it nothing in it speaks for the owner. Whoever resembles nobody of the crowd is not the
 * owner for that, though each of them explains his next keys worse.
 */
const CLEARLY_NOT = -Math.log(100);

export function graphWindow(prior: GraphPrior, settings: Settings): GraphWindow {
  const own = settings.modalities.keystroke;
  let hops: Hop[] = [];
  /** Of all hops, in their order. */
  let timed: JudgedGraph[] = [];
  /** The same as the owner makes them whose model is in use. */
  let owned: { readonly owner: OwnerModel; readonly window: OwnerWindow } | null = null;
  let people = 0;
  /** Of hops that are over: what is kept for half a minute is made once, and not each second. */
  let spare: CrowdTally[] = [];
  /** Of all hops of the window. */
  let total = crowdTally(0);
  const keysOf = (some: readonly Hop[]): number => some.reduce((sum, hop) => sum + hop.keys, 0);
  const isOver = ({ atUs }: Hop, nowUs: number): boolean => atUs <= nowUs - settings.windowUs;
  /** Of hops that were not told yet: one as a rule, more where so little was typed that nothing could be said. */
  const untoldOf = (news: readonly Hop[]): CrowdTally => {
    const [first, ...more] = news;
    if (first !== undefined && more.length === 0) return first.crowd;
    const all = crowdTally(people);
    for (const { crowd } of news) addTally(all, crowd);
    return all;
  };
  const windowOf = (owner: OwnerModel): OwnerWindow => {
    if (owned?.owner === owner) return owned.window;
    owned = { owner, window: ownerWindow(owner) };
    owned.window.add(timed);
    return owned.window;
  };
  const drop = ({ crowd }: Hop): void => {
    takeOffTally(total, crowd);
    spare.push(emptied(crowd));
  };

  return {
    add: ({ atUs, keys, instances }, crowd, sittings) => {
      const graphs = instances.map((instance) => judged(prior, instance));
      if (people !== crowd.people) total = crowdTally(crowd.people);
      people = crowd.people;
      const tally = spare.pop() ?? crowdTally(people);
      addCrowd(tally, crowd, graphs);
      addTally(total, tally);
      const owners = new Map([...sittings].map(([profile, sitting]) => [profile, ownerSums(sitting, graphs)]));
      hops.push({ atUs, keys, graphs, crowd: tally, owners, told: false });
      for (const graph of graphs) timed.push(graph);
      owned?.window.add(graphs);
    },
    score: (owners, { inUse, weigh, onlyFitting }) => {
      const keys = keysOf(hops);
      if (keys < own.minEvents) return null;
      const news = hops.filter(({ told }) => !told);
      for (const hop of news) hop.told = true;
      const profile = inUse();
      const owner = profile === null ? undefined : owners.get(profile);
      if (profile === null || owner === undefined) return null;
      // By itself, as it was calibrated; what he is followed by belongs to the evidence.
      const window = windowOf(owner);
      const raw = graphScore(owner, window.sums(), total, keys);
      if (raw === null) return null;
      const [low, high] = own.cap;
      const llr = Math.min(high, Math.max(low, graphRatio(prior.file.calibration, raw, keys)));
      if (onlyFitting && llr <= 0) return null;
      const ratios = new Map([...owners.keys()].map((id) => [id, runningEvidence(ownerOf(news, id))]));
      // By so much the owner explains it better, or worse, than the profile that is in use.
      const more = weigh(ratios) - (ratios.get(profile) ?? 0);
      return {
        ...{ raw, llr, share: Math.min(1, keysOf(news) / own.fullEvents) },
        // Unless he is just turning to another of his profiles.
        against: bounded(
          ratiosAgainst(ownerOf(news, profile), untoldOf(news), keysOf(news)),
          more,
          llr <= CLEARLY_NOT && more <= 0,
        ),
        strongest: graphReason(owner, timed, llr > 0, window.close),
      };
    },
    keys: (nowUs) => keysOf(hops.filter((hop) => !isOver(hop, nowUs))),
    moveTo: (nowUs) => {
      const over = hops.filter((hop) => isOver(hop, nowUs));
      if (over.length === 0) return;
      for (const hop of over) drop(hop);
      const areFirst = over.at(-1) === hops[over.length - 1];
      hops = hops.filter((hop) => !isOver(hop, nowUs));
      // The rule; not so where the clock was set back.
      if (areFirst) {
        timed.splice(0, timesIn(over));
        owned?.window.drop(timesIn(over));
      } else {
        timed = hops.flatMap(({ graphs }) => graphs);
        owned = null;
      }
    },
    clear: () => {
      [hops, timed, spare, owned] = [[], [], [], null];
      emptied(total);
    },
  };
}

const timesIn = (hops: readonly Hop[]): number => hops.reduce((sum, { graphs }) => sum + graphs.length, 0);

function bounded(ratios: Float64Array, more: number, clearlyNot: boolean): Float64Array {
  const least = clearlyNot ? 0 : Number.NEGATIVE_INFINITY;
  for (let j = 0; j < ratios.length; j += 1) {
    const ratio = (ratios[j] as number) - more;
    ratios[j] = ratio > MOST_AT_ONCE ? MOST_AT_ONCE : ratio < least ? least : ratio;
  }
  return ratios;
}

function ownerOf(hops: readonly Hop[], profile: number): Float64Array {
  const all = new Float64Array(GRAPH_TYPES.length);
  for (const { owners } of hops) {
    const own = owners.get(profile);
    if (own !== undefined) for (let i = 0; i < all.length; i += 1) all[i] = (all[i] ?? 0) + (own[i] ?? 0);
  }
  return all;
}
