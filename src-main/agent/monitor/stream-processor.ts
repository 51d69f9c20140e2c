// Events of the host monitor enter; the series of every metric, the newest events and what is known of processes leave. Everything is
// kept in rings of fixed length: an hour or a year of running costs the same memory.
import type { HostEvent, HostEventType, MetricData, ProcessRow } from '../../../src-preload/contract.ts';
import { createEventHistory } from './event-history.ts';
import { createProcessCache } from './process-cache.ts';
import { createSeriesBlock, type SeriesBlock, type SeriesWindow } from './series-block.ts';

export interface StreamProcessor {
  /** @param steadyMs when, by a clock that is never set; not less than before. */
  readonly accept: (event: HostEvent, steadyMs: number) => void;
  /** Of every metric that has been seen: `cpu.busyPercent`, `disk.vda.busyPercent`. */
  readonly keys: () => readonly string[];
  /** null for a metric that has never been seen. */
  readonly window: (key: string, fromMs: number) => SeriesWindow | null;
  /** NaN where it is not known, or was not at `sinceMs` or later. */
  readonly last: (key: string, sinceMs: number) => number;
  /** The newest event of each source. */
  readonly latest: () => ReadonlyMap<string, HostEvent>;
  /** Newest first, with what is known of the processes that they name. */
  readonly events: (type: HostEventType | null, limit: number) => readonly HostEvent[];
  readonly counts: () => Readonly<Partial<Record<HostEventType, number>>>;
  readonly process: (pid: number) => ProcessRow | null;
  readonly sizes: () => { readonly series: number; readonly processes: number };
}

const POINTS = 1000;
const EVENTS = 5000;
const PROCESS_EXPIRY_MS = 60_000;
/** Of one source: a machine with more disks than this is not what this is for. */
const MOST_PARTS = 256;
/** A disk that was taken out an hour ago is forgotten. */
const PART_EXPIRY_MS = 3_600_000;

interface Source {
  readonly values: SeriesBlock;
  readonly parts: Map<string, SeriesBlock>;
  sweptMs: number;
}

export function createStreamProcessor(): StreamProcessor {
  const sources = new Map<string, Source>();
  const latest = new Map<string, HostEvent>();
  const history = createEventHistory(EVENTS);
  const processes = createProcessCache(PROCESS_EXPIRY_MS);

  function takeIn(name: string, data: MetricData, atMs: number): void {
    let source = sources.get(name);
    if (source === undefined) {
      source = { values: createSeriesBlock(POINTS), parts: new Map(), sweptMs: atMs };
      sources.set(name, source);
    }
    source.values.push(atMs, data.values);
    const { parts } = data;
    for (const part in parts) {
      let block = source.parts.get(part);
      if (block === undefined) {
        if (source.parts.size >= MOST_PARTS) continue;
        source.parts.set(part, (block = createSeriesBlock(POINTS)));
      }
      block.push(atMs, parts[part] ?? {});
    }
    if (atMs - source.sweptMs >= PART_EXPIRY_MS) sweep(source, atMs);
  }
  function sweep(source: Source, nowMs: number): void {
    source.sweptMs = nowMs;
    for (const [name, block] of source.parts) if (nowMs - block.lastMs() > PART_EXPIRY_MS) source.parts.delete(name);
  }
  /** The name of a part may hold dots itself: those of the source and of the field do not. */
  function find(key: string): { readonly block: SeriesBlock; readonly field: string } | null {
    const [first, last] = [key.indexOf('.'), key.lastIndexOf('.')];
    const source = sources.get(key.slice(0, first));
    if (source === undefined || first < 0) return null;
    const block = first === last ? source.values : source.parts.get(key.slice(first + 1, last));
    return block === undefined ? null : { block, field: key.slice(last + 1) };
  }
  return {
    accept: (event, steadyMs) => {
      history.add(event);
      if (event.event_type === 'anomaly' || event.event_type === 'trend') return;
      latest.set(event.source, event);
      takeIn(event.source, event.data, steadyMs);
      if (event.data.top !== undefined) processes.note(event.data.top, steadyMs);
    },
    keys: () =>
      [...sources].flatMap(([name, { values, parts }]) => [
        ...values.fields().map((field) => `${name}.${field}`),
        ...[...parts].flatMap(([part, block]) => block.fields().map((field) => `${name}.${part}.${field}`)),
      ]),
    window: (key, fromMs) => {
      const found = find(key);
      return found === null ? null : found.block.window(found.field, fromMs);
    },
    last: (key, sinceMs) => {
      const found = find(key);
      return found === null || found.block.lastMs() < sinceMs ? NaN : found.block.last(found.field);
    },
    latest: () => latest,
    events: (type, limit) => history.newest(type, limit).map(processes.enriched),
    counts: history.counts,
    process: processes.find,
    sizes: () => ({
      series: [...sources.values()].reduce(
        (sum, { values, parts }) =>
          sum + [values, ...parts.values()].reduce((fields, block) => fields + block.fields().length, 0),
        0,
      ),
      processes: processes.size(),
    }),
  };
}
