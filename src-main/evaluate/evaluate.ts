// A protocol in, the measured error rates of the detectors and of the whole product out. The work is done by worker processes; what
// they need lies in a folder of its own, which is gone afterwards.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { createRandom } from '../agent/learn/random.ts';
import type { ChainRun } from './chain.ts';
import { selectDetectors } from './detectors.ts';
import { WORKER_FILE, type Job, type JobResult } from './evaluate-worker.ts';
import { canLeaveOut, missingSources, priorsKnowing } from './left-out-priors.ts';
import { impostorLists, planTrials, shuffled, type Case, type Mode, type Plan } from './plan.ts';
import { protocolFor, type Protocol } from './protocol.ts';
import type { PriorKind } from './priors.ts';
import { reportOf, type PriorUse, type Report } from './report.ts';
import type { CaseTrials } from './trials.ts';
import { runJobs } from './worker-pool.ts';

export interface EvaluationTask {
  readonly protocolFile: string;
  /** Judges what is written instead of how, in the recordings of a protocol of typing. */
  readonly writing: boolean;
  /** The shipped priors. */
  readonly modelsDir: string;
  readonly mode: Mode;
  /** One detector, or null for all of the modality. */
  readonly detector: string | null;
  /** Take the shipped priors even where they know the people under test. */
  readonly shippedPrior: boolean;
  /** How many impostors take over from each subject; 0 leaves the chain out. */
  readonly takeovers: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly progress: (done: number, of: number, doing: string) => void;
}

/** @throws Error for a protocol or recording that can't be read, UnknownDetector, Stopped when the signal came. */
export async function runEvaluation(task: EvaluationTask): Promise<Report> {
  const startMs = performance.now();
  const protocol = await protocolFor(task.protocolFile, task.writing);
  const selection = selectDetectors(protocol.modality, task.detector);
  const scratchDir = await mkdtemp(path.join(tmpdir(), 'seclyzer-evaluate-'));
  try {
    const priors = choosePriors(protocol, task.shippedPrior);
    const jobs = await jobsFor(task, protocol, priors, scratchDir);
    const found = await runAll(jobs, task);
    const tookS = (performance.now() - startMs) / 1000;
    return reportOf({ protocol, selection, priors: priors.use, ...found, mode: task.mode, seed: task.seed, tookS });
  } finally {
    await rm(scratchDir, { recursive: true, force: true });
  }
}

interface PriorChoice {
  /** To be made anew without the people under test. */
  readonly leftOut: readonly PriorKind[];
  readonly use: PriorUse;
}

function choosePriors(protocol: Protocol, shippedPrior: boolean): PriorChoice {
  const knowing = priorsKnowing(protocol);
  const leftOut = shippedPrior || !canLeaveOut(protocol) ? [] : knowing;
  return {
    leftOut,
    use: {
      kind: leftOut.length > 0 ? 'left-out' : 'shipped',
      knows: leftOut.length === 0 && knowing.length > 0,
      leftOut: leftOut.map(({ file }) => file),
      missing: [...new Set(leftOut.flatMap((prior) => missingSources(protocol, prior)))],
    },
  };
}

interface Jobs {
  readonly priors: readonly Job[];
  readonly cases: readonly Job[];
  readonly chains: readonly Job[];
}

async function jobsFor(
  task: EvaluationTask,
  protocol: Protocol,
  { leftOut }: PriorChoice,
  scratchDir: string,
): Promise<Jobs> {
  const { protocolFile, writing, modelsDir, detector } = task;
  const plan = planFor(task, protocol, task.mode, leftOut.length > 0);
  const folders = await Promise.all(
    plan.groups.map(async ({ priorPeople }, i) => {
      if (priorPeople === null) return modelsDir;
      const folder = path.join(scratchDir, `models-${i}`);
      await cp(modelsDir, folder, { recursive: true });
      return folder;
    }),
  );
  const common = (group: number) => ({ protocolFile, writing, group, modelsDir: folders[group] ?? modelsDir });
  const priors = plan.groups.flatMap(({ priorPeople }, group): Job[] =>
    leftOut.map(({ file }) => ({ kind: 'prior', ...common(group), prior: { file, people: priorPeople ?? [] } })),
  );
  const cases = plan.cases.map((one): Job => ({ kind: 'case', ...common(one.group), detector, one }));
  // The chain is the product's, which knows nobody else; the halves are the same, for they are drawn first.
  // No recordings hold as much of anybody's writing as the product learns from.
  const leavesChainOut = task.takeovers === 0 || protocol.modality === 'linguistic';
  const chainCases = leavesChainOut ? [] : planFor(task, protocol, 'deployed', leftOut.length > 0).cases;
  const random = createRandom(task.seed + 1);
  const chains = chainCases.map((one): Job => ({
    kind: 'chain',
    ...common(one.group),
    subject: one.subject,
    impostors: takeoversFor(protocol, one, task.takeovers, random),
    scratchDir,
  }));
  return { priors, cases, chains };
}

const planFor = (task: EvaluationTask, protocol: Protocol, mode: Mode, leaveOut: boolean): Plan =>
  planTrials(protocol, { mode, leaveOut, random: createRandom(task.seed) });

const takeoversFor = (protocol: Protocol, one: Case, count: number, random: ReturnType<typeof createRandom>) =>
  shuffled(impostorLists(protocol, one), random).slice(0, count);

export interface Found {
  readonly trials: readonly { readonly subject: string; readonly trials: CaseTrials }[];
  readonly chains: readonly ChainRun[];
}

async function runAll({ priors, cases, chains }: Jobs, task: EvaluationTask): Promise<Found> {
  const trials: { readonly subject: string; readonly at: number; readonly trials: CaseTrials }[] = [];
  const runs: { readonly at: number; readonly run: ChainRun }[] = [];
  const order = new Map([...cases, ...chains].map((job, i) => [job, i]));
  const of = priors.length + cases.length + chains.length;
  let done = 0;
  const run = (jobs: readonly Job[], doing: string): Promise<void> => {
    task.progress(done, of, doing);
    const pool = { file: WORKER_FILE, jobs, workers: availableParallelism(), signal: task.signal };
    return runJobs<Job, JobResult>({ ...pool, laneOf: ({ group }) => group }, (result, job) => {
      const at = order.get(job) ?? 0;
      if (result.kind === 'case' && job.kind === 'case')
        trials.push({ at, subject: job.one.subject, trials: result.trials });
      if (result.kind === 'chain') runs.push({ at, run: result.run });
      done += 1;
      task.progress(done, of, doing);
    });
  };
  if (priors.length > 0) await run(priors, 'making priors without the people under test');
  await run([...cases, ...chains], 'learning and scoring people');
  // Workers end in any order; the figures must not depend on it.
  return {
    trials: trials.toSorted((a, b) => a.at - b.at),
    chains: runs.toSorted((a, b) => a.at - b.at).map((one) => one.run),
  };
}
