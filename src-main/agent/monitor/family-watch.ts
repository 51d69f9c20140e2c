// Readings of the metrics of one family enter, second by second; the incidents among them leave. Judged are means over ten seconds: one
// after the other by every channel, and the trailing one each second for jumps and levels, so that a real load is told within seconds.
import type { AnomalyChannel } from '../../../src-preload/contract.ts';
import { SECONDS, type DetectorConstants } from './detect/constants.ts';
import { createFamilyDetector, type Verdict } from './detect/family-detector.ts';
import { createIncidents } from './detect/incidents.ts';
import type { MetricMemory } from './detect/metric-channels.ts';
import { createSeason, type SeasonMoment } from './detect/season.ts';
import type { WatchedFamily, WatchedMetric } from './watched-metrics.ts';

export interface Incident {
  readonly metric: WatchedMetric;
  readonly channel: AnomalyChannel;
  /** 0-1; 0.5 is just worth an alarm. */
  readonly score: number;
  readonly value: number;
  readonly usual: number;
  readonly z: number;
}

export interface FamilyWatch {
  /** @param values one a metric; NaN where it is not known. @param steadyMs never less than before. */
  readonly push: (values: ArrayLike<number>, steadyMs: number, moment: SeasonMoment) => readonly Incident[];
  /** Whether something is under way that will be told in a moment. */
  readonly suspects: () => boolean;
  /** What lies before a gap has nothing to do with what comes after. */
  readonly forgetLast: () => void;
  readonly memory: () => FamilyMemory;
}

/** By metric; the season is null where it has none. */
export type FamilyMemory = Readonly<
  Record<string, { readonly ranges: MetricMemory; readonly season: Float32Array | null }>
>;

export interface FamilyWatchTask {
  readonly watched: WatchedFamily;
  readonly seed: number;
  readonly memory?: FamilyMemory;
  readonly constants?: DetectorConstants;
  /** Length of the means that are judged. */
  readonly meanMs?: number;
}

export const MEAN_MS = 10_000;
const SETTLE_MS = 4000;
const QUIET_MS = 1_800_000;
/** A trailing mean of fewer readings says little. */
const LEAST_READINGS = 3;

export function createFamilyWatch(task: FamilyWatchTask): FamilyWatch {
  const { watched, seed, memory = {}, constants = SECONDS, meanMs = MEAN_MS } = task;
  const { metrics } = watched;
  const toScale = ({ scale }: WatchedMetric, x: number): number => (scale === 'root' ? Math.sqrt(Math.max(0, x)) : x);
  const fromScale = ({ scale }: WatchedMetric, y: number): number => (scale === 'root' ? y * y : y);
  const minimums = metrics.map((metric) => toScale(metric, metric.minimum));
  const detector = createFamilyDetector({
    ...{ minimums, constants, seed },
    memory: metrics.map(({ key }) => memory[key]?.ranges ?? null),
  });
  const seasons = metrics.map(({ season, minimum, key }) =>
    season ? createSeason(minimum / 4, memory[key]?.season) : null,
  );
  const incidents = createIncidents({ settleMs: SETTLE_MS, quietMs: QUIET_MS });
  /** Readings of the last ten seconds, oldest first. */
  let trail: { readonly atMs: number; readonly values: Float64Array }[] = [];
  let judgedMs: number | null = null;

  function trailingMeans(): Float64Array {
    const means = new Float64Array(metrics.length);
    for (let i = 0; i < means.length; i += 1) {
      let sum = 0;
      let count = 0;
      for (const { values } of trail) {
        const value = values[i] as number;
        if (!Number.isFinite(value)) continue;
        sum += value;
        count += 1;
      }
      means[i] = count === 0 ? NaN : sum / count;
    }
    return means;
  }
  function incidentOf(verdict: Verdict): Incident {
    const metric = metrics[verdict.metric] as WatchedMetric;
    const { channel, raw, value, z, usual } = verdict;
    return {
      metric,
      channel,
      score: raw / (1 + raw),
      value: fromScale(metric, value),
      usual: fromScale(metric, usual),
      z,
    };
  }
  /** Something that came at this hour on the days before as well is no news. */
  function isExpected({ metric, value, z }: Verdict, moment: SeasonMoment): boolean {
    const one = metrics[metric] as WatchedMetric;
    return z > 0 && (seasons[metric]?.isUsual(fromScale(one, value), moment) ?? false);
  }
  function missing(means: Float64Array, moment: SeasonMoment): Incident[] {
    return metrics.flatMap((metric, i): Incident[] => {
      const mean = means[i] as number;
      const found = Number.isFinite(mean) ? seasons[i]?.push(fromScale(metric, mean), moment) : null;
      if (found === null || found === undefined) return [];
      const { score, value, usual } = found;
      return [{ metric, channel: 'missing', score: score / (1 + score), value, usual, z: 0 }];
    });
  }
  return {
    push: (values, steadyMs, moment) => {
      const scaled = new Float64Array(metrics.length);
      for (const [i, metric] of metrics.entries()) scaled[i] = toScale(metric, values[i] as number);
      trail = [...trail.filter(({ atMs }) => atMs > steadyMs - meanMs), { atMs: steadyMs, values: scaled }];
      const means = trailingMeans();
      judgedMs ??= steadyMs;
      const complete = steadyMs - judgedMs >= meanMs;
      if (complete) judgedMs = steadyMs;
      const found = complete ? detector.push(means) : detector.peek(means);
      detector.observe(scaled);
      const judged = trail.length < LEAST_READINGS || isExpected(found, moment) ? { ...found, raw: 0 } : found;
      const told = incidents.push(judged, steadyMs);
      const absent = complete ? missing(means, moment) : [];
      return told === null ? absent : [incidentOf(told), ...absent];
    },
    suspects: incidents.growing,
    forgetLast: () => {
      trail = [];
      judgedMs = null;
      incidents.forget();
    },
    memory: () => {
      const ranges = detector.memory();
      return Object.fromEntries(
        metrics.map(({ key }, i) => [key, { ranges: ranges[i] as MetricMemory, season: seasons[i]?.memory() ?? null }]),
      );
    },
  };
}
