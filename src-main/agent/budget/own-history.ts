// What the program costs enters, measurement by measurement; a row of means for the time-series store leaves every some seconds, and series to draw.
import { RESOURCE_SERIES, type ResourceSeries, type ResourceSeriesName } from '../../../src-preload/contract.ts';
import { OWN_FIELDS } from '../store/series/streams.ts';
import type { Store } from '../store/store.ts';

type Field = (typeof OWN_FIELDS)[number];
/** NaN where it could not be measured. */
export type OwnRow = Readonly<Record<Field, number>>;

export interface OwnHistory {
  readonly add: (nowMs: number, row: OwnRow) => void;
  /** Of the minutes up to a moment, in order of RESOURCE_SERIES. */
  readonly series: (minutes: number, toMs: number) => ResourceSeries[];
  /** Sizes of the data folder, oldest first. */
  readonly storage: (days: number, toMs: number) => readonly (readonly [atMs: number, mib: number])[];
}

const FIELDS = {
  memory: { field: 'memoryMiB', unit: 'MiB' },
  cpu: { field: 'cpuPercent', unit: '%' },
  written: { field: 'writtenBytesPerSecond', unit: 'B/s' },
  wakeUps: { field: 'wakeUpsPerSecond', unit: '/s' },
  storage: { field: 'storageMiB', unit: 'MiB' },
  loadStep: { field: 'loadStep', unit: '' },
  storageStep: { field: 'storageStep', unit: '' },
} as const satisfies Record<ResourceSeriesName, { readonly field: Field; readonly unit: string }>;

/** As they are, not as they were on average. */
const LEVELS: ReadonlySet<Field> = new Set<Field>(['storageMiB', 'loadStep', 'storageStep']);
/** Three measurements: what is shown of hours needs no more, and a month of it stays small. */
const ROW_EVERY_MS = 15_000;
const MOST_POINTS = 300;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** @param written whether figures are written down at the moment. */
export function createOwnHistory(store: Pick<Store, 'addRow' | 'readSeries'>, written: () => boolean): OwnHistory {
  let waiting: OwnRow[] = [];
  let rowMs = -Infinity;
  return {
    add: (nowMs, row) => {
      waiting.push(row);
      // A clock that was set back must not keep it from being written.
      if (Math.abs(nowMs - rowMs) < ROW_EVERY_MS) return;
      rowMs = nowMs;
      const values = Float64Array.from(OWN_FIELDS, (field) =>
        LEVELS.has(field) ? row[field] : mean(waiting.map((one) => one[field])),
      );
      waiting = [];
      if (written()) store.addRow('own', Math.round(nowMs * 1000), values);
    },
    series: (minutes, toMs) =>
      RESOURCE_SERIES.map((name) => {
        const { field, unit } = FIELDS[name];
        const span = { fromMs: toMs - minutes * MINUTE_MS, toMs, maxPoints: MOST_POINTS };
        const { stepMs, points } = store.readSeries({ series: `own.${field}`, ...span });
        const drawn = points.map(({ atMs, min, mean: middle, max }): ResourceSeries['points'][number] => [
          atMs,
          min,
          middle,
          max,
        ]);
        return { name, unit, stepMs, points: drawn };
      }),
    storage: (days, toMs) =>
      store
        .readSeries({ series: 'own.storageMiB', fromMs: toMs - days * DAY_MS, toMs, maxPoints: 2 * MOST_POINTS })
        .points.map((point) => [point.atMs, point.mean]),
  };
}

function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
}
