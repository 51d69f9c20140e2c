// An incident and the state of the machine at its moment enter, the anomaly with its evidence leaves.
import type { Anomaly, Evidence, ProcessRow, TopProcesses } from '../../../src-preload/contract.ts';
import type { Incident } from './family-watch.ts';
import { nameOf, valueWords } from './metric-words.ts';
import type { StreamProcessor } from './stream-processor.ts';
import type { WatchedFamily } from './watched-metrics.ts';
import { diskTraffic, worstMoments } from './worst-moments.ts';
import { windowStatistics } from './window-statistics.ts';

type Processor = Pick<StreamProcessor, 'keys' | 'window' | 'last' | 'latest' | 'events'>;

export interface AnomalyMoment {
  readonly id: number;
  readonly atMs: number;
  readonly steadyMs: number;
}

const USUAL_MS = 300_000;
const RANKED = 5;
const MOST_PARTS = 32;
const MOST_LISTS = 12;
/** From the first moment of an incident until it is told, and the reading before that. */
const LATELY_US = 10_000_000;

export function anomalyOf(
  incident: Incident,
  watched: WatchedFamily,
  { id, atMs, steadyMs }: AnomalyMoment,
  processor: Processor,
): Anomaly {
  const evidence = evidenceOf(watched, incident.metric.key, { atMs, steadyMs }, processor);
  const { channel, score, value, usual, z } = incident;
  return {
    ...{ id, atMs, family: watched.family, key: incident.metric.key, channel, score, value, usual, z },
    sentence: sentenceOf(incident, evidence),
    evidence,
  };
}

function evidenceOf(
  { metrics, rankedBy }: WatchedFamily,
  key: string,
  { atMs, steadyMs }: Pick<AnomalyMoment, 'atMs' | 'steadyMs'>,
  processor: Processor,
): Evidence {
  const top = worstMoments(lately(atMs, processor));
  const fromMs = steadyMs - USUAL_MS;
  const others = new Set([...metrics.map((metric) => metric.key), ...partsBeside(key, processor.keys())]);
  others.delete(key);
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    rankedBy,
    processes: [...ranked(top, rankedBy)],
    top,
    neighbours: [...others].map((other) => ({
      key: other,
      value: known(processor.last(other, fromMs)),
      usual: windowStatistics(processor.window(other, fromMs)?.values ?? new Float64Array())?.p50 ?? null,
    })),
    syscalls: syscallsOf(processor),
  };
}

function lately(atMs: number, processor: Processor): readonly TopProcesses[] {
  const fromUs = atMs * 1000 - LATELY_US;
  return processor
    .events('process_metric', MOST_LISTS)
    .flatMap((event) =>
      event.event_type === 'process_metric' && event.timestamp >= fromUs ? (event.data.top ?? []) : [],
    );
}

/** The same figure of each part: of the disks where it is about all disks. */
function partsBeside(key: string, keys: readonly string[]): readonly string[] {
  const source = key.slice(0, key.indexOf('.') + 1);
  const field = key.slice(key.lastIndexOf('.'));
  return keys.filter((other) => other.startsWith(source) && other.endsWith(field)).slice(0, MOST_PARTS);
}

/** The likeliest cause first; where nothing of that kind was seen, who uses the processor. */
function ranked(top: TopProcesses, by: WatchedFamily['rankedBy']): readonly ProcessRow[] {
  const first = { cpu: top.byCpu, 'memory growth': top.byGrowth, 'disk traffic': top.byDisk }[by];
  const seen = new Set(first.map(({ pid }) => pid));
  return [...first, ...top.byCpu.filter(({ pid }) => !seen.has(pid))].slice(0, RANKED);
}

/** Counts a second by call, where a helper reads them. */
function syscallsOf(processor: Pick<StreamProcessor, 'latest'>): Evidence['syscalls'] {
  const event = processor.latest().get('syscalls');
  if (event === undefined || event.event_type !== 'syscall') return null;
  const counts = Object.entries(event.data.values).filter((entry): entry is [string, number] => entry[1] !== null);
  return Object.fromEntries(counts);
}

const HOW = {
  jump: 'changed suddenly to',
  level: 'is at a level never seen before:',
  sustained: 'has been for long at a level never seen for so long, now at',
  context: 'runs in a way never seen before, now at',
  shape: 'has behaved for minutes as never before, now at',
  forest: 'together with its neighbours is unlike anything seen before, now at',
  stuck: 'does not move any more and stays at',
  missing: 'stayed at',
} as const satisfies Record<Incident['channel'], string>;

function sentenceOf({ metric, channel, value, usual }: Incident, { processes, rankedBy }: Evidence): string {
  const { key } = metric;
  const words = (x: number): string => valueWords(key, x);
  if (channel === 'missing')
    return `${nameOf(key)} stayed at ${words(value)} in a half-hour that always had more: ${words(usual)}. Something that runs at this time did not.`;
  const fact = `${nameOf(key)} ${HOW[channel]} ${words(value)}; usual of late is ${words(usual)}.`;
  const [first] = processes;
  return first === undefined || value < usual ? fact : `${fact} ${causeWords(first, rankedBy)}`;
}

function causeWords(process: ProcessRow, rankedBy: Evidence['rankedBy']): string {
  const who = `${process.name} (process ${process.pid})`;
  if (rankedBy === 'memory growth' && process.growthMiB > 0)
    return `${who} has grown most, by ${process.growthMiB.toFixed(0)} MiB.`;
  const traffic = diskTraffic(process);
  if (rankedBy === 'disk traffic' && traffic > 0)
    return `${who} has moved most, ${valueWords('BytesPerSecond', traffic)}.`;
  return `${who} has used the processor most, ${process.cpuPercent.toFixed(0)} % of a core.`;
}
