// People who type, in groups with priors that know none of them, in; out for each of them, as he is learned: what is held out, and how
// well the model of that moment tells him from the others on what he types at the end.
import { graphCrowd } from '../agent/infer/graph-crowd.ts';
import { ownerModel } from '../agent/infer/owner-model.ts';
import { graphRatio, graphScore, ownerSums } from '../agent/infer/graph-score.ts';
import { equalErrorRate } from '../agent/learn/error-rates.ts';
import { loadGraphPrior } from '../agent/learn/graph-prior.ts';
import { graphProfileOf } from '../agent/learn/graph-profile.ts';
import type { HeldOutWindow } from '../agent/learn/held-out-accuracy.ts';
import { WINDOW_KEYS } from '../agent/learn/held-out-typing.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import { graphDetector, type PreparedGraphs } from './detect-graphs.ts';
import { endApart } from './end-apart.ts';
import { learnTyping, type LearnedTyping } from './learn-typing.ts';
import type { TestGroup } from './test-groups.ts';

export interface Checkpoint {
  readonly keys: number;
  readonly windows: readonly HeldOutWindow[];
  /** Equal error rate on later typing, against the other people's. */
  readonly eer: number;
}

export interface EnrolmentRun {
  readonly id: string;
  /** A window apart, the last one with all there is. */
  readonly checkpoints: readonly Checkpoint[];
}

/** For the test. */
const TEST_KEYS = 400;
const TEST_SHARE = 0.3;
const LEAST_KEYS = 200;

export async function enrolmentRuns({ people, modelsDir }: TestGroup): Promise<EnrolmentRun[]> {
  const prior = await loadGraphPrior(modelsDir);
  const crowd = graphCrowd(prior);
  const { prepare } = graphDetector(prior);
  const parts = people.map(({ enrol, genuine }) => endApart([...enrol, ...genuine], TEST_KEYS, TEST_SHARE));
  const tests = parts.map(({ end }) => cutDecisionWindows(end, RULE, WINDOW_KEYS).map(prepare));
  const runs: EnrolmentRun[] = [];
  for (const [i, { id }] of people.entries()) {
    const checkpoints: Checkpoint[] = [];
    const told = ({ keys, windows, statistics }: LearnedTyping): void => {
      if (keys < LEAST_KEYS) return;
      const owner = ownerModel(prior, graphProfileOf(prior, statistics));
      const scoreOf = ({ graphs, crowd: tally, keys: typed }: PreparedGraphs): number => {
        const raw = graphScore(owner, ownerSums(owner.sitting(), graphs), tally, typed);
        return raw === null ? 0 : graphRatio(prior.file.calibration, raw, typed);
      };
      const scores = tests.map((test) => test.map(scoreOf));
      const eer = equalErrorRate(scores[i] ?? [], scores.filter((_, j) => j !== i).flat());
      checkpoints.push({ keys, windows, eer });
    };
    await learnTyping({ prior, crowd, recordings: parts[i]?.before ?? [], everyKeys: WINDOW_KEYS, told });
    runs.push({ id, checkpoints });
  }
  return runs;
}

const RULE = {
  unit: 'keystrokes' as const,
  sizes: [WINDOW_KEYS],
  max_gap_s: Number.POSITIVE_INFINITY,
  across_files: true,
};
