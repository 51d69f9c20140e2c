// Points of one metric enter, what each channel thinks of it leaves, every finding as a share of what is worth an alarm.
import { CONTEXT_SYMBOLS, createContextNovelty } from './context-novelty.ts';
import type { DetectorConstants } from './constants.ts';
import { createKnownRange, type RangeMemory } from './known-range.ts';
import { createMetricFeatures } from './metric-features.ts';
import { createShapeNovelty, SHAPE_SYMBOLS } from './shape-novelty.ts';
import { createSortedWindow } from './sorted-window.ts';
import { createStillness } from './stillness.ts';
import { createSustained } from './sustained.ts';

/** Filled anew at each point. */
export interface MetricFinding {
  /** An unheard-of distance from what was usual a moment ago. */
  jump: number;
  /** An unheard-of value. */
  level: number;
  /** A mean over minutes or hours that was never so high. */
  sustained: number;
  /** Steps that never followed each other so. */
  context: number;
  /** A stretch unlike all others. */
  shape: number;
  /** A value that moves no more. */
  stuck: number;
  /** Robust deviations from the median of the window, with its sign, at most 99. */
  z: number;
  /** Median of the window before this point. */
  usual: number;
  /** Whether it lies far enough from the usual for anybody to care. */
  matters: boolean;
}

/** What outlives a restart: without it every value would be unheard of again. */
export interface MetricMemory {
  readonly values: RangeMemory;
  readonly steps: RangeMemory;
  readonly spans: readonly RangeMemory[];
}

export interface MetricChannels {
  /** What has been seen, for the windows: each second where a point is judged every ten. */
  readonly observe: (x: number) => void;
  /** Judges a point and learns it. Writes its features at `offset` of the row. */
  readonly push: (x: number, row: Float32Array, offset: number) => MetricFinding;
  /** What `jump` and `level` would be for this value now; learns nothing. The other findings are 0. */
  readonly peek: (x: number) => MetricFinding;
  readonly memory: () => MetricMemory;
}

/** Of a series that stood still in the whole window. */
const MOST_Z = 99;

/** @param minimum distance from the usual, in the unit of the metric, below which nothing is worth an alarm. */
export function createMetricChannels(
  constants: DetectorConstants,
  minimum: number,
  before: MetricMemory | null,
): MetricChannels {
  const window = createSortedWindow(constants.window);
  const shortWindow = createSortedWindow(constants.shortWindow);
  const { spans, leak } = constants;
  const steps = createKnownRange({ leak, leastWidth: minimum }, before?.steps);
  const values = createKnownRange({ leak, leastWidth: minimum }, before?.values);
  const context = createContextNovelty({
    memory: constants.contextMemory,
    floor: constants.contextFloor,
    most: constants.contextMost,
  });
  const shape = createShapeNovelty();
  const stillness = createStillness();
  const sustained = createSustained({ spans, leak, minimum: minimum / 2 }, before?.spans);
  const features = createMetricFeatures();
  const finding: MetricFinding = {
    ...{ jump: 0, level: 0, sustained: 0, context: 0, shape: 0, stuck: 0 },
    ...{ z: 0, usual: 0, matters: false },
  };

  const lately = (x: number): number => (shortWindow.count() === 0 ? x : shortWindow.quantile(0.5));

  /** Fills in where the value stands. @returns the share to which a jump or a level counts. */
  function place(x: number): number {
    const usual = window.count() === 0 ? x : window.quantile(0.5);
    // Half of the distance between these quantiles is one standard deviation of a normal distribution.
    const spread = (window.quantile(0.84) - window.quantile(0.16)) / 2;
    const off = x - usual;
    finding.usual = usual;
    finding.z =
      off === 0 ? 0 : spread > 0 ? Math.max(-MOST_Z, Math.min(MOST_Z, off / spread)) : Math.sign(off) * MOST_Z;
    finding.matters = Math.abs(off) >= minimum;
    return finding.matters ? Math.min(1, (finding.z / constants.zFull) ** 2) : 0;
  }
  function judge(gate: number, jump: number, level: number): void {
    finding.jump = (jump * gate) / constants.jump;
    finding.level = (level * gate) / constants.level;
    finding.sustained = finding.context = finding.shape = finding.stuck = 0;
  }
  /** Steps of equal width over the known range. */
  function symbolOf(x: number, count: number): number {
    const { low, high } = values.memory();
    return high > low ? Math.max(0, Math.min(count - 1, Math.floor(((x - low) / (high - low)) * count))) : 0;
  }
  return {
    observe: (x) => {
      window.push(x);
      shortWindow.push(x);
    },
    push: (x, row, offset) => {
      const gate = place(x);
      const step = x - lately(x);
      judge(gate, steps.push(step, 0), values.push(x, finding.usual));
      if (!constants.returnsAreNews) steps.include(-step);
      const shown = finding.matters ? 1 : 0;
      finding.context = shown * (context.push(symbolOf(x, CONTEXT_SYMBOLS)) / constants.context) ** 2;
      finding.shape = (shown * shape.push(symbolOf(x, SHAPE_SYMBOLS))) / constants.shape;
      finding.stuck = stillness.push(x) / constants.stuck;
      finding.sustained = (sustained.push(x)?.beyond ?? 0) / constants.sustained;
      features.push(x, x - step, row, offset);
      return finding;
    },
    peek: (x) => {
      judge(place(x), steps.beyond(x - lately(x)), values.beyond(x));
      return finding;
    },
    memory: () => ({ values: values.memory(), steps: steps.memory(), spans: sustained.memory() }),
  };
}
