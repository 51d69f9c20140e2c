// People of whom a prior knows nothing in, the lines out that make a log-likelihood ratio of the graph score: one for each of some
// window sizes, by logistic regression over all trials, genuine and impostors with equal weight.
import { fitLogistic } from '../agent/learn/logistic.ts';
import { graphPriorOf, type GraphPriorFile } from '../agent/learn/graph-prior.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import { graphDetector } from './detect-graphs.ts';
import type { Person } from './protocol.ts';

export type GraphCalibration = GraphPriorFile['calibration'];

/** Made and tested on people who have nothing to do with each other. */
export interface CalibrationFold {
  readonly prior: GraphPriorFile;
  readonly tested: readonly Person[];
}

/** Before there is anything better: the score itself. */
export const UNCALIBRATED: GraphCalibration = { measured: 'not yet', sizes: [{ keys: 50, slope: 1, intercept: 0 }] };

/** Keystrokes: from what a hesitating typist does in a few seconds to where more keystrokes hardly tell more. */
const SIZES = [10, 20, 30, 50, 100, 200];

export async function calibrateGraphs(folds: readonly CalibrationFold[], where: string): Promise<GraphCalibration> {
  const sizes: GraphCalibration['sizes'] = [];
  for (const keys of SIZES) {
    const trials = await Promise.all(folds.map((fold) => trialsOf(fold, keys)));
    const genuine = trials.flatMap((one) => one.genuine);
    const impostor = trials.flatMap((one) => one.impostor);
    if (genuine.length === 0 || impostor.length === 0) continue;
    const { slope, intercept } = fitLogistic(genuine, impostor);
    sizes.push({ keys, slope: round(slope), intercept: round(intercept) });
  }
  if (sizes.length === 0) throw new Error('too little was typed to calibrate the graph score');
  const people = folds.reduce((sum, { tested }) => sum + tested.length, 0);
  return { measured: `${people} people of ${where}, left out in halves`, sizes };
}

async function trialsOf({ prior, tested }: CalibrationFold, keys: number) {
  const detector = graphDetector(graphPriorOf(prior), { raw: true });
  const rule = { unit: 'keystrokes' as const, sizes: [keys], max_gap_s: Infinity, across_files: true };
  const windows = tested.map(({ genuine }) => cutDecisionWindows(genuine, rule, keys).map(detector.prepare));
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (const [i, { enrol }] of tested.entries()) {
    const { score } = await detector.enrol(enrol, []);
    for (const [j, own] of windows.entries()) {
      (i === j ? genuine : impostor).push(...own.map(score).filter((x) => x !== null));
    }
  }
  return { genuine, impostor };
}

const round = (x: number): number => Number(x.toPrecision(4));
