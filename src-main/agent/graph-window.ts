// Times of keys and pairs of keys in, tick by tick; out: how well those of the last half minute fit the owner, and what those that were
// not told yet say against the crowd. Each keystroke is scored once.
import { graphReason } from './act/graph-reason.ts';
import type { GraphInstance } from './features/graphs.ts';
import type { GraphCrowd } from './infer/graph-crowd.ts';
import {
  addCrowd,
  addTally,
  crowdTally,
  graphRatio,
  graphScore,
  ownerSums,
  ratiosAgainst,
  type CrowdTally,
} from './infer/graph-score.ts';
import { judged, type JudgedGraph, type OwnerModel, type OwnerSitting } from './infer/owner-model.ts';
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
  readonly owner: Float64Array;
  told: boolean;
}

export interface GraphWindow {
  /** Scores what was typed since the last tick. */
  readonly add: (typed: Typed, crowd: GraphCrowd, sitting: OwnerSitting) => void;
  /** The window that ends now; what of it was not told yet is the evidence. Null when there is too little in it. */
  readonly score: (owner: OwnerModel) => TrackScore | null;
  /** Keystrokes of the window that ends at this moment. */
  readonly keys: (nowUs: number) => number;
  /** Forgets what lies before the window. */
  readonly moveTo: (nowUs: number) => void;
  readonly clear: () => void;
}

export function graphWindow(prior: GraphPrior, settings: Settings): GraphWindow {
  const own = settings.modalities.keystroke;
  let hops: Hop[] = [];
  let people = 0;
  const keysOf = (some: readonly Hop[]): number => some.reduce((sum, hop) => sum + hop.keys, 0);
  const after = (nowUs: number): Hop[] => hops.filter(({ atUs }) => atUs > nowUs - settings.windowUs);

  return {
    add: ({ atUs, keys, instances }, crowd, sitting) => {
      const graphs = instances.map((instance) => judged(prior, instance));
      people = crowd.people;
      const tally = crowdTally(people);
      for (const graph of graphs) addCrowd(tally, crowd, graph);
      hops.push({ atUs, keys, graphs, crowd: tally, owner: ownerSums(sitting, graphs), told: false });
    },
    score: (owner) => {
      const keys = keysOf(hops);
      if (keys < own.minEvents) return null;
      const news = hops.filter(({ told }) => !told);
      const [whole, untold] = [summed(hops, people), summed(news, people)];
      for (const hop of news) hop.told = true;
      const raw = graphScore(owner, whole.owner, whole.crowd, keys);
      if (raw === null) return null;
      const [low, high] = own.cap;
      const llr = Math.min(high, Math.max(low, graphRatio(prior.file.calibration, raw, keys)));
      const graphs = hops.flatMap((hop) => hop.graphs);
      return {
        ...{ raw, llr, share: Math.min(1, keysOf(news) / own.fullEvents) },
        against: ratiosAgainst(untold.owner, untold.crowd),
        strongest: graphReason(owner, graphs, llr > 0),
      };
    },
    keys: (nowUs) => keysOf(after(nowUs)),
    moveTo: (nowUs) => {
      hops = after(nowUs);
    },
    clear: () => {
      hops = [];
    },
  };
}

function summed(hops: readonly Hop[], people: number): Pick<Hop, 'crowd' | 'owner'> {
  const crowd = crowdTally(people);
  const owner = new Float64Array(crowd.counts.length);
  for (const hop of hops) {
    addTally(crowd, hop.crowd);
    for (const [i, sum] of hop.owner.entries()) owner[i] = (owner[i] ?? 0) + sum;
  }
  return { crowd, owner };
}
