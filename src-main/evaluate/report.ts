// The trials of all detectors and the runs of the chain in, the result of an evaluation out, ready to be printed as JSON. Pure.
import { createRandom } from '../agent/learn/random.ts';
import type { ChainRun } from './chain.ts';
import { countBy, summariseChain, type ChainSummary } from './chain-summary.ts';
import type { Detector } from './detector.ts';
import type { Selection } from './detectors.ts';
import { fuseTrials } from './fused-trials.ts';
import type { Mode } from './plan.ts';
import type { Protocol } from './protocol.ts';
import { intervalsOf, ratesOf, type Interval, type Rates } from './rates.ts';
import { reliabilityOf, type ReliabilityBin } from './reliability.ts';
import type { CaseTrials, WindowTrials } from './trials.ts';

export interface WindowResult extends Rates {
  readonly detector: string;
  readonly window: { readonly unit: Protocol['window']['unit']; readonly size: number };
  readonly subjects: number;
  readonly genuineTrials: number;
  readonly impostorTrials: number;
  /** Trials in which the detector found too little; they count with the neutral score 0. */
  readonly unscored: { readonly genuine: number; readonly impostor: number };
  /** Whether the ratios can be taken at their word, at equal priors, and by how much they miss on average, 0-1. */
  readonly reliability: readonly ReliabilityBin[];
  readonly calibrationError: number;
  /** 95 %, by drawing subjects. */
  readonly intervals: Readonly<Record<keyof Rates | 'calibrationError', Interval>>;
}

export interface DetectorResult {
  readonly name: string;
  readonly results: readonly WindowResult[];
  /** Milliseconds to learn one subject, mean; null for a fusion. */
  readonly enrolMsMean: number | null;
  /** Subjects whom it could not learn, by reason; their trials are missing. */
  readonly notLearned: Readonly<Record<string, number>>;
}

export interface PriorUse {
  readonly kind: 'shipped' | 'left-out';
  /** The shipped priors were made from people of this protocol and are used all the same: the figures flatter. */
  readonly knows: boolean;
  /** Files that were made anew without the people under test. */
  readonly leftOut: readonly string[];
  /** Sources of theirs that do not lie beside the protocol's folder. */
  readonly missing: readonly string[];
}

/** Scores of one detector and window, for a plot. */
export interface Scores {
  readonly detector: string;
  readonly size: number;
  readonly genuine: Float64Array;
  readonly impostor: Float64Array;
}

export interface Report {
  /** What is printed as JSON. */
  readonly result: {
    readonly name: string;
    readonly modality: Detector['modality'];
    readonly mode: Mode;
    /** Of the detector that the product decides with, or of the one that was asked for. */
    readonly results: readonly WindowResult[];
    /** null where it was not asked for. */
    readonly chain: ChainSummary | null;
    /** A plain average instead of the product's filter, on the same scores. */
    readonly chainPlainAverage: ChainSummary | null;
    readonly detectors: readonly DetectorResult[];
    readonly prior: PriorUse;
    readonly seed: number;
    readonly tookS: number;
  };
  readonly scores: readonly Scores[];
}

export interface ReportTask {
  readonly protocol: Protocol;
  readonly selection: Selection;
  readonly priors: PriorUse;
  readonly trials: readonly { readonly subject: string; readonly trials: CaseTrials }[];
  readonly chains: readonly ChainRun[];
  readonly mode: Mode;
  readonly seed: number;
  readonly tookS: number;
}

export function reportOf(task: ReportTask): Report {
  const { protocol, selection, seed } = task;
  const cases = task.trials.map(({ subject, trials }) => ({ subject, trials: fuseTrials(trials, selection.fusions) }));
  const scores: Scores[] = [];
  const detectors = [...selection.kinds, ...selection.fusions].map(({ name }) => {
    const { found, notLearned, enrolMsMean } = gather(cases, name);
    const results = protocol.window.sizes.flatMap((size, i) => {
      const trials = bySubject(found, i).filter(({ genuine, impostor }) => genuine.length > 0 && impostor.length > 0);
      if (trials.length === 0) return [];
      const all = merged(trials);
      scores.push({ detector: name, size, ...all });
      return [{ ...resultOf(trials, all, seed), detector: name, window: { unit: protocol.window.unit, size } }];
    });
    return { name, results, enrolMsMean, notLearned };
  });
  const { chains, mode, priors, tookS } = task;
  const summary = (runs: Parameters<typeof summariseChain>[0]): ChainSummary | null =>
    runs.length === 0 ? null : summariseChain(runs, protocol.modality, createRandom(seed));
  return {
    result: {
      name: protocol.name,
      modality: protocol.modality,
      mode,
      results: detectors.find(({ name }) => name === selection.leading)?.results ?? [],
      chain: summary(chains),
      chainPlainAverage: summary(chains.map((run) => ('failure' in run ? run : run.plainAverage))),
      ...{ detectors, prior: priors, seed, tookS },
    },
    scores,
  };
}

type Found = readonly { readonly subject: string; readonly windows: readonly WindowTrials[] }[];

function gather(cases: ReportTask['trials'], name: string) {
  const found: { readonly subject: string; readonly windows: readonly WindowTrials[] }[] = [];
  const failures: string[] = [];
  let enrolMs = 0;
  for (const { subject, trials } of cases) {
    const said = trials[name];
    if (said === undefined) continue;
    if ('failure' in said) failures.push(said.failure);
    else {
      found.push({ subject, windows: said.windows });
      enrolMs += said.enrolMs;
    }
  }
  return { found, notLearned: countBy(failures), enrolMsMean: enrolMs === 0 ? null : enrolMs / found.length };
}

/** A subject who was enrolled twice, against two halves of the others, is one subject. */
function bySubject(found: Found, size: number): WindowTrials[] {
  const groups = Map.groupBy(found, ({ subject }) => subject);
  return [...groups.values()].map((cases) => merged(cases.flatMap(({ windows }) => windows[size] ?? [])));
}

function merged(trials: readonly WindowTrials[]): WindowTrials {
  const sum = (of: (one: WindowTrials) => number): number => trials.reduce((all, one) => all + of(one), 0);
  return {
    genuine: Float64Array.from(trials.flatMap(({ genuine }) => [...genuine])),
    impostor: Float64Array.from(trials.flatMap(({ impostor }) => [...impostor])),
    unscored: { genuine: sum(({ unscored }) => unscored.genuine), impostor: sum(({ unscored }) => unscored.impostor) },
  };
}

function resultOf(trials: readonly WindowTrials[], all: WindowTrials, seed: number) {
  const { bins, calibrationError, calibrationErrorInterval } = reliabilityOf(trials, createRandom(seed));
  return {
    subjects: trials.length,
    genuineTrials: all.genuine.length,
    impostorTrials: all.impostor.length,
    unscored: all.unscored,
    ...ratesOf(trials),
    reliability: bins,
    calibrationError,
    intervals: { ...intervalsOf(trials, createRandom(seed)), calibrationError: calibrationErrorInterval },
  };
}
