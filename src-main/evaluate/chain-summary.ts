// What one rule of the chain did with each subject in, its figures out: how soon somebody else is noticed and how often the owner is disturbed.
// ANIA and ANGA: average number of impostor actions until detection and of genuine actions between false alarms (Mondal & Bours,
// "Continuous authentication using mouse dynamics", BIOSIG 2013).
import type { Random } from '../agent/learn/random.ts';
import { percentile } from './bench-statistics.ts';
import type { Failed, RuleRun, Takeover } from './chain.ts';
import type { Use } from './chain-use.ts';
import type { Detector } from './detector.ts';
import { poissonInterval } from './poisson-interval.ts';
import { drawWeights, middle95, type Interval } from './rates.ts';

export interface ChainSummary {
  readonly subjects: number;
  /** Subjects whom the product could not learn, by reason. */
  readonly notLearned: Readonly<Record<string, number>>;
  /** Mean over takeovers; those that were not noticed count with all that the impostor did, so that it is a lower bound with them. */
  readonly ania: number;
  /** null without a false alarm: then it is at least `angaLow` (95 %). */
  readonly anga: number | null;
  readonly angaLow: number;
  /** null where fewer were noticed than that while the stream lasted. */
  readonly detectSecondsMedian: number | null;
  readonly detectSecondsP75: number | null;
  readonly detectSecondsP90: number | null;
  readonly detectActionsMedian: number | null;
  readonly detectActionsP75: number | null;
  readonly detectActionsP90: number | null;
  /** By drawing subjects; an infinite bound was not reached. */
  readonly detectActionsMedianInterval: Interval | null;
  readonly takeovers: number;
  readonly detected: number;
  /** How much an impostor did at the median, whether noticed or not: nothing beyond it could be measured. */
  readonly streamMedian: Use | null;
  readonly genuineActions: number;
  readonly genuineHours: number;
  readonly falseAlarms: number;
  readonly falseAlarmsPer8h: number;
  readonly falseAlarmsPer8hInterval: Interval;
  /** 20,000 keystrokes are the typing of eight hours of office work; null for the mouse. */
  readonly falseAlarmsPer20000Keystrokes: number | null;
  readonly falseAlarmsPer20000KeystrokesInterval: Interval | null;
  /** Most of the false alarms of one subject. */
  readonly mostOfOne: number;
}

const EIGHT_HOURS = 8;
const KEYSTROKES = 20_000;
const DRAWS = 1000;

export function summariseChain(
  runs: readonly (RuleRun | Failed)[],
  modality: Detector['modality'],
  random: Random,
): ChainSummary {
  const ran = runs.filter((run): run is RuleRun => !('failure' in run));
  const takeovers = ran.flatMap((run) => run.takeovers);
  return {
    subjects: ran.length,
    notLearned: countBy(runs.flatMap((run) => ('failure' in run ? [run.failure] : []))),
    ...detection(takeovers),
    detectActionsMedianInterval: takeovers.length === 0 ? null : medianInterval(ran, random),
    ...disturbance(ran, modality),
  };
}

export function countBy(reasons: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function detection(takeovers: readonly Takeover[]) {
  const actions = takeovers.map(({ detected }) => detected?.actions ?? Infinity);
  const seconds = takeovers.map(({ detected }) => detected?.seconds ?? Infinity);
  const streams = takeovers.map(({ stream }) => stream);
  const until = takeovers.map(({ detected, stream }) => (detected ?? stream).actions);
  return {
    ania: until.reduce((sum, x) => sum + x, 0) / takeovers.length,
    detectSecondsMedian: reached(seconds, 0.5),
    detectSecondsP75: reached(seconds, 0.75),
    detectSecondsP90: reached(seconds, 0.9),
    detectActionsMedian: reached(actions, 0.5),
    detectActionsP75: reached(actions, 0.75),
    detectActionsP90: reached(actions, 0.9),
    takeovers: takeovers.length,
    detected: takeovers.filter(({ detected }) => detected !== null).length,
    streamMedian:
      streams.length === 0
        ? null
        : {
            actions: percentile(
              streams.map((stream) => stream.actions),
              0.5,
              'less',
            ),
            seconds: percentile(
              streams.map((stream) => stream.seconds),
              0.5,
              'less',
            ),
          },
  };
}

function reached(values: readonly number[], share: number): number | null {
  const value = values.length === 0 ? Infinity : percentile(values, share, 'less');
  return Number.isFinite(value) ? value : null;
}

function medianInterval(ran: readonly RuleRun[], random: Random): Interval {
  const medians = Array.from({ length: DRAWS }, () => {
    const weights = drawWeights(ran.length, random);
    const drawn = ran.flatMap(({ takeovers }, i) =>
      Array.from({ length: weights[i] ?? 0 }, () => takeovers.map(({ detected }) => detected?.actions ?? Infinity)),
    );
    return drawn.flat();
  });
  return middle95(medians.filter((values) => values.length > 0).map((values) => percentile(values, 0.5, 'less')));
}

function disturbance(ran: readonly RuleRun[], modality: Detector['modality']) {
  const sum = (of: (run: RuleRun) => number): number => ran.reduce((all, run) => all + of(run), 0);
  const genuineActions = sum(({ genuine }) => genuine.actions);
  const genuineHours = sum(({ genuine }) => genuine.seconds) / 3600;
  const falseAlarms = sum((run) => run.falseAlarms);
  const [low, high] = poissonInterval(falseAlarms);
  const per8h = EIGHT_HOURS / genuineHours;
  const perKeystrokes = modality === 'keystroke' ? KEYSTROKES / genuineActions : null;
  return {
    anga: falseAlarms === 0 ? null : genuineActions / falseAlarms,
    angaLow: genuineActions / high,
    genuineActions,
    genuineHours,
    falseAlarms,
    falseAlarmsPer8h: falseAlarms * per8h,
    falseAlarmsPer8hInterval: [low * per8h, high * per8h] as const,
    falseAlarmsPer20000Keystrokes: perKeystrokes === null ? null : falseAlarms * perKeystrokes,
    falseAlarmsPer20000KeystrokesInterval:
      perKeystrokes === null ? null : ([low * perKeystrokes, high * perKeystrokes] as const),
    mostOfOne: ran.reduce((most, run) => Math.max(most, run.falseAlarms), 0),
  };
}
