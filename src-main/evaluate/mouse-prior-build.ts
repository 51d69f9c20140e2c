// People's recordings in, the mouse prior out: statistics of windows, and a calibration measured on people whom it did not know.
import { MOUSE_79_TABLE, type MousePriorFile, type MouseWindowPrior } from '../agent/learn/mouse-prior.ts';
import { mouseProfileOf, type MouseWindow } from '../agent/learn/mouse-profile.ts';
import { mouseScorer } from '../agent/infer/mouse-score.ts';
import { equalErrorRate, ratesAt } from '../agent/learn/error-rates.ts';
import { fitLogistic } from '../agent/learn/logistic.ts';
import { mouseStatisticsOf, type MousePerson, type MouseStatistics } from './mouse-statistics.ts';
import { mouseActivityOf } from './mouse-windows.ts';
import type { Person } from './protocol.ts';

/** Lengths of window that the prior knows. */
const MOUSE_WINDOW_S: readonly number[] = [15, 30];
/** Overlapping windows tell more of a person's scatter; the profile itself is better learned from windows that share nothing. */
const SCATTER_HOP_S = 5;
const FOLDS = 5;
const USUAL_SHARE = 0.9;

interface Enrolled extends MousePerson {
  /** Early windows that share nothing with each other. */
  readonly apart: readonly MouseWindow[];
  readonly enrolledS: number;
}

/** Deterministic. @throws Error for fewer than ten people: two in each fold of the calibration. */
export function mousePriorFrom(people: readonly Person[], sources: MousePriorFile['sources']): MousePriorFile {
  if (people.length < 2 * FOLDS)
    throw new Error(`the mouse prior needs ${2 * FOLDS} people, there are ${people.length}`);
  const windows = MOUSE_WINDOW_S.map((seconds) => {
    const persons = people.map((person) => enrolled(person, seconds)).filter(({ apart }) => apart.length >= 2);
    return { ...mouseStatisticsOf(persons, seconds), ...calibrationOf(persons, seconds) };
  });
  return { format: 1, table: MOUSE_79_TABLE, people: people.length, sources: [...sources], windows };
}

function enrolled({ enrol, genuine }: Person, seconds: number): Enrolled {
  const { windows: apart, activeS } = mouseActivityOf(enrol, seconds, seconds);
  const early = mouseActivityOf(enrol, seconds, SCATTER_HOP_S).windows;
  return { early, apart, enrolledS: activeS, later: mouseActivityOf(genuine, seconds, seconds).windows };
}

/** The people in folds, each scored with the statistics of the others: distances first, then scores with the guard in place. */
function calibrationOf(
  people: readonly Enrolled[],
  seconds: number,
): Pick<MouseWindowPrior, 'usualDistance' | 'calibration'> {
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    statistics: mouseStatisticsOf(
      people.filter((_, i) => i % FOLDS !== fold),
      seconds,
    ),
    people: people.filter((_, i) => i % FOLDS === fold),
  }));
  const distances = folds.flatMap(({ statistics, people: own }) =>
    own.map(({ apart, enrolledS }) => mouseProfileOf(apart, enrolledS, uncalibrated(statistics, Infinity)).distance),
  );
  const usualDistance = rounded(distances.sort((a, b) => a - b)[Math.floor(USUAL_SHARE * distances.length)] ?? 1);
  const trials = folds.flatMap((fold) => trialsOf(fold.people, uncalibrated(fold.statistics, usualDistance)));
  const genuine = trials.flatMap((one) => one.genuine);
  const impostor = trials.flatMap((one) => one.impostor);
  const { slope, intercept } = fitLogistic(genuine, impostor);
  const { far, frr } = ratesAt(genuine, impostor, -intercept / slope);
  const measured =
    `${people.length} people left out in ${FOLDS} folds, ${seconds} s windows: pooled EER ` +
    `${equalErrorRate(genuine, impostor).toFixed(3)}, at ratio 0 FAR ${far.toFixed(3)} FRR ${frr.toFixed(3)}`;
  return { usualDistance, calibration: { slope: rounded(slope), intercept: rounded(intercept), measured } };
}

const uncalibrated = (statistics: MouseStatistics, usualDistance: number): MouseWindowPrior => ({
  ...statistics,
  usualDistance,
  calibration: { slope: 1, intercept: 0, measured: 'not yet' },
});

function trialsOf(people: readonly Enrolled[], prior: MouseWindowPrior): { genuine: number[]; impostor: number[] }[] {
  return people.map(({ apart, enrolledS, later }, i) => {
    const { score } = mouseScorer(prior, mouseProfileOf(apart, enrolledS, prior));
    return {
      genuine: later.map(score),
      impostor: people.filter((_, j) => j !== i).flatMap((other) => other.later.map(score)),
    };
  });
}

const rounded = (x: number): number => Number(x.toPrecision(5));
