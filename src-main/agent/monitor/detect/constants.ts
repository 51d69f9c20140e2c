// What the detector weighs its findings with. Each threshold is the finding that is just worth an alarm.

export interface DetectorConstants {
  /** Observations that the usual value and its spread are taken from. */
  readonly window: number;
  /** Observations of the short window that a jump is measured against. */
  readonly shortWindow: number;
  /** Robust deviations from the median from which a finding counts in full; below, jump and level count by the square of its share. */
  readonly zFull: number;
  /** Share of the way to the centre that the ends of a known range creep at each point. */
  readonly leak: number;
  /** Share of the known range that a jump or a level must lie outside of it. */
  readonly jump: number;
  readonly level: number;
  /** Whether the way back is news as well: what went up comes down again, but a series may also fall for reasons of its own. */
  readonly returnsAreNews: boolean;
  /** Lengths of the means that are watched for records, in points, rising; and the share of the known range beyond it. */
  readonly spans: readonly number[];
  readonly sustained: number;
  /** Standard deviations of surprise; the least of them and the most surprise of one point, in bits. */
  readonly context: number;
  readonly contextFloor: number;
  readonly contextMost: number;
  /** Points over which the usual surprise is known. */
  readonly contextMemory: number;
  /** G statistic of a stretch against all that are known. */
  readonly shape: number;
  /** -log2(1 - s) for the score s of the isolation forest. */
  readonly forest: number;
  /** Rows that the forest is trained on lie at most about this many points back. */
  readonly forestHorizon: number;
  /** A value that stood still this many times as long as ever before is stuck. */
  readonly stuck: number;
  /**
   * Among n points without any pattern the next is an extreme with a chance of 1/n: a young range is easily left. Findings are divided
   * by 1 + 2 exp(-n / this); 0 where whoever judges the result leaves the beginning out.
   */
  readonly youngPoints: number;
  /** Points in which nothing but a higher peak is news. */
  readonly peakPoints: number;
}

/**
 * For series of a point every few minutes. From the development files of the Numenta benchmark, where one window more or less is
 * 2.8 points: see `seclyzer evaluate nab`.
 */
export const MINUTES: DetectorConstants = {
  window: 300,
  shortWindow: 64,
  zFull: 2,
  leak: 2e-5,
  jump: 0.015,
  level: 0.1,
  returnsAreNews: true,
  spans: [],
  sustained: 1,
  context: 5.6,
  contextFloor: 1e-3,
  contextMost: Infinity,
  contextMemory: 1000,
  shape: 24,
  forest: 3.6,
  forestHorizon: 4000,
  stuck: 20,
  youngPoints: 0,
  peakPoints: 100,
};

/**
 * For the live metrics of a machine: observed each second, judged by their means over ten. Stricter in everything, because a machine
 * makes 8,640 such points a day. Thresholds from facts that were measured on invented days, and from hours of this program's own
 * machine at rest and at work.
 */
export const SECONDS: DetectorConstants = {
  window: 300,
  shortWindow: 64,
  zFull: 3,
  leak: 5e-6,
  jump: 0.06,
  level: 0.2,
  returnsAreNews: false,
  // Two minutes, a quarter of an hour, two hours.
  spans: [12, 90, 720],
  sustained: 0.2,
  context: 9,
  contextFloor: 0.6,
  contextMost: 8,
  contextMemory: 4000,
  shape: 40,
  forest: 5,
  forestHorizon: 8640,
  stuck: 20,
  youngPoints: 1440,
  peakPoints: 180,
};
