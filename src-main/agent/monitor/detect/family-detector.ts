// The metrics of a family enter, point by point, the verdict on each point leaves: how unusual it is, 1 being just worth an alarm, by
// which channel, and in which metric. The channels look at each metric alone, the isolation forest at all of them together.
import type { AnomalyChannel } from '../../../../src-preload/contract.ts';
import type { DetectorConstants } from './constants.ts';
import { createForestChannel } from './forest-channel.ts';
import { createMetricChannels, type MetricFinding, type MetricMemory } from './metric-channels.ts';
import { METRIC_FEATURES } from './metric-features.ts';

const METRIC_CHANNELS = [
  'jump',
  'level',
  'sustained',
  'context',
  'shape',
  'stuck',
] as const satisfies readonly (keyof MetricFinding)[];
/** `missing` looks at whole days and stands apart: see season.ts. */
export const POINT_CHANNELS = [...METRIC_CHANNELS, 'forest'] as const satisfies readonly AnomalyChannel[];
export type PointChannel = (typeof POINT_CHANNELS)[number];

export interface Verdict {
  /** 1 is just worth an alarm. */
  readonly raw: number;
  readonly channel: PointChannel;
  /** Which of the metrics. */
  readonly metric: number;
  /** Its value at this point, its distance from the usual in robust deviations, and the usual. */
  readonly value: number;
  readonly z: number;
  readonly usual: number;
}

export interface FamilyDetector {
  /** For the windows alone. @param values one a metric; NaN where it is not known. */
  readonly observe: (values: ArrayLike<number>) => void;
  /** Judges a point and learns it. */
  readonly push: (values: ArrayLike<number>) => Verdict;
  /** The same for jumps and levels alone, at any moment between two points; learns nothing. */
  readonly peek: (values: ArrayLike<number>) => Verdict;
  readonly memory: () => readonly MetricMemory[];
}

export interface DetectorTask {
  /** Distance from the usual below which nothing is worth an alarm, for each metric. */
  readonly minimums: readonly number[];
  readonly constants: DetectorConstants;
  readonly seed: number;
  /** Of an earlier detector of the same metrics. */
  readonly memory?: readonly (MetricMemory | null)[];
  /** Which channels count; all by default. */
  readonly channels?: readonly PointChannel[];
}

interface Found {
  raw: number;
  channel: PointChannel;
  metric: number;
  value: number;
  z: number;
  usual: number;
}

export function createFamilyDetector(task: DetectorTask): FamilyDetector {
  const { minimums, constants, seed, memory, channels = POINT_CHANNELS } = task;
  const each = minimums.map((minimum, i) => createMetricChannels(constants, minimum, memory?.[i] ?? null));
  const counted = METRIC_CHANNELS.filter((channel) => channels.includes(channel));
  const row = new Float32Array(each.length * METRIC_FEATURES);
  const forest = channels.includes('forest') ? createForestChannel(row.length, constants.forestHorizon, seed) : null;

  function strictness(): number {
    const seen = Math.max(...each.map((one) => one.memory().values.seen));
    return constants.youngPoints === 0 ? 1 : 1 + 2 * Math.exp(-seen / constants.youngPoints);
  }
  function verdict(
    values: ArrayLike<number>,
    look: (metric: number, x: number) => MetricFinding,
    isolation: () => number,
  ): Verdict {
    const found: Found = { raw: 0, channel: 'level', metric: 0, value: NaN, z: 0, usual: NaN };
    const furthest = { metric: 0, value: NaN, z: 0, usual: NaN };
    let matters = false;
    for (let metric = 0; metric < each.length; metric++) {
      const x = values[metric] as number;
      if (!Number.isFinite(x)) continue;
      const finding = look(metric, x);
      const { z, usual } = finding;
      matters ||= finding.matters;
      if (Number.isNaN(furthest.usual) || Math.abs(z) > Math.abs(furthest.z))
        Object.assign(furthest, { metric, value: x, z, usual });
      for (const channel of counted)
        if (finding[channel] > found.raw)
          Object.assign(found, { raw: finding[channel], channel, metric, value: x, z, usual });
    }
    // Nobody has found anything, or the forest, which names none: then it is about the one furthest from its usual.
    if (found.raw === 0) Object.assign(found, furthest);
    const isolated = isolation();
    if (matters && isolated > found.raw) Object.assign(found, { raw: isolated, channel: 'forest', ...furthest });
    found.raw /= strictness();
    return found;
  }
  return {
    observe: (values) => {
      for (const [metric, one] of each.entries()) {
        const x = values[metric] as number;
        if (Number.isFinite(x)) one.observe(x);
      }
    },
    push: (values) =>
      verdict(
        values,
        (metric, x) => (each[metric] as (typeof each)[number]).push(x, row, metric * METRIC_FEATURES),
        () => (forest === null ? 0 : forest.push(row) / constants.forest),
      ),
    peek: (values) =>
      verdict(
        values,
        (metric, x) => (each[metric] as (typeof each)[number]).peek(x),
        () => 0,
      ),
    memory: () => each.map((one) => one.memory()),
  };
}
