// Which metrics are watched for anomalies, in families that are judged together, and below what size nobody cares.

export interface WatchedMetric {
  readonly key: string;
  /** Distance from the usual, in the unit of the metric, below which nothing is worth an alarm. */
  readonly minimum: number;
  /** `root`: judged by its square root, for rates that are mostly near nothing and now and then enormous. */
  readonly scale: 'linear' | 'root';
  /** Whether it has habits by the time of day that may be missed. */
  readonly season: boolean;
}

export interface WatchedFamily {
  readonly family: string;
  readonly metrics: readonly WatchedMetric[];
  /** What its processes are ranked by, the likeliest cause first. */
  readonly rankedBy: 'cpu' | 'memory growth' | 'disk traffic';
}

const KIB = 1024;
const linear = (key: string, minimum: number, season = false): WatchedMetric => ({
  key,
  minimum,
  scale: 'linear',
  season,
});
const root = (key: string, minimum: number, season = false): WatchedMetric => ({ key, minimum, scale: 'root', season });

export const WATCHED_FAMILIES: readonly WatchedFamily[] = [
  {
    family: 'cpu',
    metrics: [
      linear('cpu.busyPercent', 10, true),
      linear('cpu.iowaitPercent', 10),
      linear('pressure.cpu.somePercent', 10),
    ],
    rankedBy: 'cpu',
  },
  {
    family: 'memory',
    metrics: [
      linear('memory.usedPercent', 2),
      linear('memory.swapUsedPercent', 2),
      linear('pressure.memory.somePercent', 5),
    ],
    rankedBy: 'memory growth',
  },
  {
    family: 'disk',
    metrics: [
      root('disk.readBytesPerSecond', 2048 * KIB, true),
      root('disk.writtenBytesPerSecond', 2048 * KIB, true),
      linear('disk.busyPercent', 10),
      linear('pressure.io.somePercent', 5),
    ],
    rankedBy: 'disk traffic',
  },
  {
    family: 'network',
    metrics: [
      root('network.receivedBytesPerSecond', 256 * KIB, true),
      root('network.sentBytesPerSecond', 256 * KIB, true),
      root('network.loopbackBytesPerSecond', 2048 * KIB),
      root('network.receiveErrorsPerSecond', 1),
    ],
    rankedBy: 'cpu',
  },
  {
    family: 'processes',
    metrics: [linear('processes.count', 20), linear('processes.threads', 100), root('cpu.forksPerSecond', 50)],
    rankedBy: 'cpu',
  },
  { family: 'sensors', metrics: [linear('sensors.hottestC', 8)], rankedBy: 'cpu' },
];
