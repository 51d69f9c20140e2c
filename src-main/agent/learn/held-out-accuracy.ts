// Scores of stretches that a model had not learned from in, its error rates with their intervals out.
import type { Accuracy } from '../../../src-preload/contract.ts';
import { countScores, ratesAt, type ScoreCounts } from './error-rates.ts';
import { smoothedEqualErrorRate } from './smoothed-error.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** One stretch of the owner's, and the same as invented people would have made it. Numbers alone; no keys, no times, no places. */
export interface HeldOutWindow {
  /** Events that the model had been learned from. */
  readonly learned: number;
  /** Natural-log ratio, owner against population. */
  readonly genuine: number;
  readonly impostors: readonly number[];
}

/** Where a window is as likely the owner's as somebody else's. */
export const THRESHOLD = 0;
/** With fewer a rate says nothing: one refused window would be a quarter of all. */
export const LEAST_WINDOWS = 5;
const MOST_POINTS = 60;

/**
 * However many people are invented, real ones differ from them: the intervals are as wide as if so many had been tried. Chosen so that
 * 19 in 20 of the development people's rates against each other lie within (measure-held-out.ts).
 */
const EER_TRIALS = 25;
const FAR_TRIALS = 10;

/** @param window what one of them is of, in words. @returns null for too few. */
export function accuracyOf(windows: readonly HeldOutWindow[], window: string): Accuracy | null {
  const genuine = windows.map((one) => one.genuine);
  const impostor = windows.flatMap((one) => one.impostors);
  if (genuine.length < LEAST_WINDOWS || impostor.length === 0) return null;
  const counts = countScores(genuine, impostor);
  const { far, frr } = ratesAt(genuine, impostor, THRESHOLD);
  return {
    ...{ window, genuineTrials: genuine.length, impostorTrials: impostor.length },
    eer: wilsonInterval(smoothedEqualErrorRate(genuine, impostor), EER_TRIALS),
    far: wilsonInterval(far, FAR_TRIALS),
    frr: wilsonInterval(frr, genuine.length),
    det: tradeOff(counts),
  };
}

/** [FAR, FRR] from the strictest threshold to the laxest: the corners of the staircase, thinned evenly where there are too many. */
function tradeOff({ scores, genuine, impostor }: ScoreCounts): [number, number][] {
  const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);
  const [owners, others] = [total(genuine), total(impostor)];
  let [accepted, refused] = [0, owners];
  const points: [number, number][] = [[0, 1]];
  for (let i = scores.length - 1; i >= 0; i -= 1) {
    accepted += impostor[i] ?? 0;
    refused -= genuine[i] ?? 0;
    points.push([accepted / others, refused / owners]);
  }
  const corners = points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined || after === undefined) return true;
    return !(before[0] === point[0] && point[0] === after[0]) && !(before[1] === point[1] && point[1] === after[1]);
  });
  if (corners.length <= MOST_POINTS) return corners;
  const step = (corners.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, i) => corners[Math.round(i * step)] ?? [1, 0]);
}
