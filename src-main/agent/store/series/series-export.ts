// The time series of a span in; the same as records for an export out, a chunk at a time: the rows of every stream, and the buckets of the
// streams whose rows are dropped after a while.
import type { Database } from '../driver.ts';
import { bucketsIn, bucketStart } from './bucket-chunk.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import type { SeriesErasure } from './series-erasure.ts';
import type { StreamRows } from './series-reader.ts';
import { BUCKET_TIERS, fieldCode, ROW_TIER, STREAMS, timesCode, type Stream } from './streams.ts';
import type { Ticks } from './tick-table.ts';

type Span = Parameters<SeriesErasure>[1];

export type SeriesRecord =
  | {
      readonly stream: string;
      readonly fields: readonly string[];
      /** Microseconds since the epoch, then a value of each field; null where there is none. */
      readonly rows: readonly (readonly (number | null)[])[];
    }
  | {
      readonly series: string;
      readonly stepMs: number;
      /** When it begins, how many readings it stands for, the least of them, their mean, the greatest. */
      readonly buckets: readonly (readonly [atMs: number, count: number, min: number, mean: number, max: number])[];
    };

export interface SeriesSources {
  readonly shelf: ChunkShelf;
  readonly open: (stream: Stream) => Ticks;
  readonly rows: (stream: Stream, fromUs: number, toUs: number) => StreamRows;
}

const US_PER_MS = 1000;
/** Rows of one record. */
const AT_ONCE = 2000;

export function createSeriesExport(db: Database, sources: SeriesSources): (span: Span) => Generator<SeriesRecord> {
  const { shelf, open, rows } = sources;
  const starts = db
    .prepare<[number, number], number>('SELECT from_us FROM chunk WHERE series = ? AND tier = ?')
    .pluck();

  function* rowsOf(stream: Stream, { fromUs, toUs }: Span): Generator<SeriesRecord> {
    const chunks = starts.all(timesCode(stream), ROW_TIER);
    const ticks = Array.from(open(stream).times(), (us) => bucketStart(us, stream.spanUs));
    for (const start of [...new Set([...chunks, ...ticks])].toSorted((a, b) => a - b)) {
      const { times, columns } = rows(stream, Math.max(fromUs, start), Math.min(toUs, start + stream.spanUs - 1));
      for (let first = 0; first < times.length; first += AT_ONCE) {
        const some = Array.from(times.subarray(first, first + AT_ONCE), (us, i) => [
          us,
          ...columns.map((column) => numberOrNull(column[first + i])),
        ]);
        yield { stream: stream.name, fields: stream.series.map(fieldName(stream)), rows: some };
      }
    }
  }

  function* bucketsOf(stream: Stream, { fromUs, toUs }: Span): Generator<SeriesRecord> {
    for (const { code: tier, bucketUs, spanUs } of BUCKET_TIERS)
      for (const [field, series] of stream.series.entries()) {
        const code = fieldCode(stream, field);
        for (const start of starts.all(code, tier).toSorted((a, b) => a - b)) {
          if (start > toUs || start + spanUs <= fromUs) continue;
          const body = shelf.get(code, tier, start);
          const buckets = body === null ? [] : bucketsIn(body, bucketUs);
          const within = buckets.filter((one) => one.fromUs <= toUs && one.fromUs + bucketUs > fromUs);
          if (within.length === 0) continue;
          yield {
            ...{ series, stepMs: bucketUs / US_PER_MS },
            buckets: within.map((one) => [one.fromUs / US_PER_MS, one.count, one.min, one.mean, one.max]),
          };
        }
      }
  }

  return function* (span) {
    for (const stream of STREAMS) {
      yield* rowsOf(stream, span);
      // Where rows are kept as long as the history, buckets say nothing more.
      if (stream.rowDays !== null) yield* bucketsOf(stream, span);
    }
  };
}

const numberOrNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** `trust.low` is `low` of the stream `trust`; the names of the host's are names of metrics. */
const fieldName =
  ({ name }: Stream) =>
  (series: string): string =>
    name !== 'host' && series.startsWith(`${name}.`) ? series.slice(name.length + 1) : series;
