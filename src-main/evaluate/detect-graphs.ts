// The graph scorer as a detector: the times of keys and pairs of keys of a window, for the owner against a crowd of invented people.
// It knows nothing of others but the prior. Deterministic. What does not depend on the owner is computed once a window.
import { graphStream, type GraphInstance } from '../agent/features/graphs.ts';
import { CROWD_SEED, CROWD_SIZE, graphCrowd } from '../agent/infer/graph-crowd.ts';
import { addCrowd, crowdTally, type CrowdTally } from '../agent/infer/crowd-tally.ts';
import { graphRatio, graphScore, ownerSums } from '../agent/infer/graph-score.ts';
import { judged, ownerModel, type JudgedGraph } from '../agent/infer/owner-model.ts';
import type { GraphPrior } from '../agent/learn/graph-prior.ts';
import { graphProfileOf, type GraphProfile } from '../agent/learn/graph-profile.ts';
import { graphLearner } from '../agent/learn/graph-statistics.ts';
import { createRandom } from '../agent/learn/random.ts';
import type { DecisionWindow, Detector, Enrolled, Enrolment } from './detector.ts';

export interface PreparedGraphs {
  readonly keys: number;
  readonly graphs: readonly JudgedGraph[];
  readonly crowd: CrowdTally;
}

export interface GraphDetectorOptions {
  readonly crowdSize?: number;
  readonly crowdSeed?: number;
  /** The score as it is before it is made a ratio: for calibrating. */
  readonly raw?: boolean;
}

export function graphDetector(prior: GraphPrior, options: GraphDetectorOptions = {}): Detector<PreparedGraphs> {
  const { crowdSize = CROWD_SIZE, crowdSeed = CROWD_SEED, raw = false } = options;
  const crowd = graphCrowd(prior, crowdSize, crowdSeed);
  return {
    name: 'keystroke-graphs',
    modality: 'keystroke',
    prepare: ({ pieces }: DecisionWindow) => {
      const { instances, keys } = typedIn(pieces);
      const graphs = instances.map((instance) => judged(prior, instance));
      const tally = crowdTally(crowdSize);
      addCrowd(tally, crowd, graphs);
      return { keys, graphs, crowd: tally };
    },
    enrol: (own) => {
      const profile = learnedFrom(prior, own);
      if (profile.strokes === 0) return Promise.reject(new Error('nothing was typed'));
      return Promise.resolve(enrolled(prior, profile, raw));
    },
  };
}

function enrolled(prior: GraphPrior, profile: GraphProfile, raw: boolean): Enrolled<PreparedGraphs> {
  const owner = ownerModel(prior, profile);
  return {
    score: ({ keys, graphs, crowd }) => {
      const score = graphScore(owner, ownerSums(owner.sitting(), graphs), crowd, keys);
      return score === null || raw ? score : graphRatio(prior.file.calibration, score, keys);
    },
  };
}

/** Recordings this far apart are of different sittings: the owner may be a little slower or faster that day. */
const SITTING_GAP_US = 3_600_000_000;

/** Which values a full reservoir keeps is left to chance; the seed makes it the same each time. */
export function learnedFrom(prior: GraphPrior, recordings: Enrolment): GraphProfile {
  const learner = graphLearner(prior, createRandom(1));
  const { instances, keys } = typedIn(recordings);
  for (const instance of instances) learner.add(instance);
  learner.addStrokes(keys);
  let lastUs: number | null = null;
  for (const events of recordings) {
    if (lastUs === null || (events[0]?.ts ?? 0) - lastUs > SITTING_GAP_US) learner.addSitting();
    lastUs = events.at(-1)?.ts ?? lastUs;
  }
  return graphProfileOf(prior, learner.statistics());
}

/** No time is measured from one piece to the next. */
export function typedIn(pieces: Enrolment): { readonly instances: readonly GraphInstance[]; readonly keys: number } {
  const stream = graphStream();
  const instances = pieces.flatMap((events) => {
    stream.cut();
    return events.flatMap((event) => (event.type === 'keystroke' ? stream.accept(event) : []));
  });
  return { instances, keys: stream.strokes() };
}
