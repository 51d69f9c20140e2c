// Events of the host monitor enter; a row of the series that are kept, once a round, leaves for the store, and what belongs to single
// disks, cores and interfaces as an event that is kept for an hour.
import type { MetricEvent, MetricEventType, Readings } from '../../../src-preload/contract.ts';
import { HOST_SERIES } from '../store/series/streams.ts';
import type { Store } from '../store/store.ts';
import type { Monitor } from './monitor.ts';

export interface HostRecorderParts {
  readonly monitor: Pick<Monitor, 'subscribe'>;
  /** What is added waits for the tick of the same second, which writes down everything at once. */
  readonly store: Pick<Store, 'addRow' | 'addEvent'>;
}

type Places = ReadonlyMap<string, number>;

const KEPT: readonly MetricEventType[] = [
  'cpu_metric',
  'memory_metric',
  'disk_metric',
  'network_metric',
  'process_metric',
];

/** By what comes before the last dot: a source, or a source and its part, as `filesystem./`. */
const PLACES: ReadonlyMap<string, Places> = new Map(
  [...Map.groupBy(HOST_SERIES.entries(), ([, key]) => key.slice(0, key.lastIndexOf('.')))].map(([owner, entries]) => [
    owner,
    new Map(entries.map(([place, key]) => [key.slice(owner.length + 1), place])),
  ]),
);

/** @returns ends it. */
export function recordHost({ monitor, store }: HostRecorderParts): () => void {
  let row = new Float64Array(HOST_SERIES.length).fill(NaN);
  let parts: Record<string, Readonly<Record<string, Readings>>> = {};
  let us = 0;
  let waiting = false;

  function take(owner: string, readings: Readings): void {
    for (const [field, place] of PLACES.get(owner) ?? []) row[place] = readings[field] ?? NaN;
  }
  /** After all events of a round, which come one after the other; a source that answers late is in the next row. */
  function write(): void {
    waiting = false;
    if (row.some((value) => !Number.isNaN(value))) store.addRow('host', us, row);
    if (Object.keys(parts).length > 0) store.addEvent(us, { kind: 'metric', parts });
    row = new Float64Array(HOST_SERIES.length).fill(NaN);
    parts = {};
  }
  // It takes what comes.
  return monitor.subscribe(
    'history',
    KEPT,
    (event) => {
      const { source, data, timestamp } = event as MetricEvent;
      us = timestamp;
      take(source, data.values);
      for (const part in data.parts) take(`${source}.${part}`, data.parts[part] ?? {});
      if (Object.keys(data.parts).length > 0) parts[source] = data.parts;
      if (waiting) return;
      waiting = true;
      queueMicrotask(write);
    },
    false,
  );
}
