// What the time-series store keeps: streams, each of which brings a row of numbers at a time. Nothing in; their names, codes and fields,
// and the tiers that they are rolled up into, out. A code or a place in a list, once released, never changes: new fields go to the end.
import { MODALITIES, type Modality } from '../../../../src-preload/contract.ts';

export type StreamName = 'host' | 'own' | 'trust' | Modality;

export interface Stream {
  readonly code: number;
  readonly name: StreamName;
  /** Names of its series, in the order of a row. */
  readonly series: readonly string[];
  /** How long one chunk of its single rows is. */
  readonly spanUs: number;
  /** For how many days its single rows are kept; null: as long as the history. */
  readonly rowDays: number | null;
}

/** Length of a bucket; rows stand alone in the tier of rows. */
export interface BucketTier {
  readonly code: number;
  readonly bucketUs: number;
  readonly spanUs: number;
  /** At most: a shorter history keeps less. */
  readonly days: number;
}

const US_PER_MINUTE = 60e6;
export const US_PER_HOUR = 3600e6;
export const US_PER_DAY = 86_400e6;

/** Of the machine as a whole: what belongs to one disk, core or process lives in the monitor alone. */
export const HOST_SERIES: readonly string[] = [
  ...['busyPercent', 'userPercent', 'systemPercent', 'iowaitPercent', 'stealPercent'].map((field) => `cpu.${field}`),
  ...['interruptsPerSecond', 'contextSwitchesPerSecond', 'forksPerSecond'].map((field) => `cpu.${field}`),
  ...['runningTasks', 'blockedTasks', 'loadAverage1'].map((field) => `cpu.${field}`),
  ...['cpu.some', 'memory.some', 'memory.full', 'io.some', 'io.full'].map((field) => `pressure.${field}Percent`),
  ...['usedMiB', 'usedPercent', 'availableMiB', 'cachedMiB', 'dirtyMiB'].map((field) => `memory.${field}`),
  ...['swapUsedMiB', 'swapUsedPercent', 'swapInBytesPerSecond', 'swapOutBytesPerSecond', 'majorFaultsPerSecond'].map(
    (field) => `memory.${field}`,
  ),
  ...['readBytesPerSecond', 'writtenBytesPerSecond', 'readsPerSecond', 'writesPerSecond', 'busyPercent'].map(
    (field) => `disk.${field}`,
  ),
  ...['receivedBytesPerSecond', 'receivedPacketsPerSecond', 'receiveErrorsPerSecond', 'receiveDropsPerSecond'].map(
    (field) => `network.${field}`,
  ),
  ...['sentBytesPerSecond', 'sentPacketsPerSecond', 'sendErrorsPerSecond', 'sendDropsPerSecond'].map(
    (field) => `network.${field}`,
  ),
  'network.loopbackBytesPerSecond',
  ...['count', 'threads', 'running', 'waitingForDisk', 'zombies'].map((field) => `processes.${field}`),
  'sensors.hottestC',
  'filesystem./.usedPercent',
  'filesystem./.usedMiB',
];

/** Of the program itself, all its processes together. A step is that of its ladder, 0 with everything on. */
export const OWN_FIELDS = [
  ...(['memoryMiB', 'cpuPercent', 'writtenBytesPerSecond', 'wakeUpsPerSecond', 'storageMiB'] as const),
  ...(['loadStep', 'storageStep'] as const),
] as const;

/** `state` is the code of rows.ts. */
export const TRUST_FIELDS = ['trust', 'low', 'high', 'state'] as const;
const SCORE_FIELDS = ['raw', 'llr', 'points'] as const;

const MODALITY_STREAM = { keystroke: 11, mouse: 12, app: 13, linguistic: 14 } as const satisfies Record<
  Modality,
  number
>;

/** Trust and what was said for it come every five seconds at most, and are kept row by row: an alarm is looked at weeks later. */
const EVIDENCE = { spanUs: US_PER_DAY, rowDays: null } as const;

export const STREAMS: readonly Stream[] = [
  { code: 1, name: 'host', series: HOST_SERIES, spanUs: US_PER_HOUR, rowDays: 1 },
  { code: 3, name: 'own', series: OWN_FIELDS.map((field) => `own.${field}`), spanUs: US_PER_DAY, rowDays: 1 },
  { code: 2, name: 'trust', series: TRUST_FIELDS.map((field) => `trust.${field}`), ...EVIDENCE },
  ...MODALITIES.map((modality) => ({
    ...{ code: MODALITY_STREAM[modality], name: modality, ...EVIDENCE },
    series: SCORE_FIELDS.map((field) => `${modality}.${field}`),
  })),
];

export const ROW_TIER = 0;

/** Finest first. */
export const BUCKET_TIERS: readonly BucketTier[] = [
  { code: 1, bucketUs: US_PER_MINUTE, spanUs: US_PER_DAY, days: 7 },
  { code: 2, bucketUs: 5 * US_PER_MINUTE, spanUs: US_PER_DAY, days: Infinity },
];

const BY_NAME = new Map(STREAMS.map((stream) => [stream.name, stream]));
const BY_CODE = new Map(STREAMS.map((stream) => [stream.code, stream]));
const BY_SERIES = new Map(
  STREAMS.flatMap((stream) => stream.series.map((name, field) => [name, { stream, field }] as const)),
);

export function streamOf(name: StreamName): Stream {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new RangeError(`there is no stream ${name}`);
  return found;
}

export const streamWithCode = (code: number): Stream | null => BY_CODE.get(code) ?? null;

/** null for a series that is not kept. */
export const seriesOf = (name: string): { readonly stream: Stream; readonly field: number } | null =>
  BY_SERIES.get(name) ?? null;

const SERIES_A_STREAM = 1000;
/** As chunks are filed: the times of a stream's rows, and one number for each of its fields. */
export const timesCode = ({ code }: Stream): number => code * SERIES_A_STREAM;
export const fieldCode = ({ code }: Stream, field: number): number => code * SERIES_A_STREAM + 1 + field;
