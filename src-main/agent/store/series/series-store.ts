// The time-series part of the store: rows of streams and raw events enter, which wait for the next flush; series, rows and events of a
// span leave. Once an hour the complete hours are rolled up, and what is too old goes.
import type { Cipher } from '../cipher.ts';
import type { Database } from '../driver.ts';
import { FULL_KEEPING, type Keeping } from '../keeping.ts';
import type { Cell } from '../rows.ts';
import type { StoreAccess } from '../store-access.ts';
import { createChunkShelf } from './chunk-shelf.ts';
import { createOpenTicks } from './open-ticks.ts';
import { createRawEvents, eventRow, type RawEvent, type TimedEvent } from './raw-events.ts';
import { createRollUp } from './roll-up.ts';
import { createSeriesErasure, type SeriesSpan } from './series-erasure.ts';
import { createSeriesExport, type SeriesRecord } from './series-export.ts';
import { createSeriesReader, type SeriesAnswer, type SeriesQuery, type StreamRows } from './series-reader.ts';
import { BUCKET_TIERS, ROW_TIER, STREAMS, streamOf, timesCode, US_PER_DAY, type StreamName } from './streams.ts';
import { tickOf, tickRow, type TickRow } from './tick-row.ts';

export interface SeriesStore {
  /** Nothing that came before is replaced, whatever the clock says. @param values as many as the stream has series; NaN: none. */
  readonly addRow: (stream: StreamName, us: number, values: Float64Array) => void;
  readonly addEvent: (us: number, event: RawEvent) => void;
  /** At most `maxPoints` of a series, of the coarsest tier that has as many. @throws RangeError for a series that is not kept. */
  readonly readSeries: (query: SeriesQuery) => SeriesAnswer;
  /** Of the last hour, oldest first. */
  readonly rawEvents: (fromMs: number, toMs: number) => readonly TimedEvent[];
}

export interface SeriesUpkeep {
  /** Single rows, both ends included; those of one moment in the order in which they came. */
  readonly rows: (stream: StreamName, fromUs: number, toUs: number) => StreamRows;
  readonly rollUp: (nowUs: number) => void;
  /** @param trustedUs the present as far as it is believed. @param wallUs the present of the wall clock. */
  readonly drop: (
    trustedUs: number,
    wallUs: number,
    keep: { readonly historyDays: number; readonly machineDays: number },
    keeping?: Keeping,
  ) => void;
  /** To be called inside a transaction, and `reload` after it. @returns how many readings of the streams went. */
  readonly erase: (streams: readonly StreamName[], span: SeriesSpan) => number;
  /** Raw events of the span for which `wanted` says so; inside a transaction. */
  readonly eraseEvents: (span: SeriesSpan, wanted: (event: RawEvent) => boolean) => number;
  readonly reload: () => void;
  readonly exported: (span: SeriesSpan) => Generator<SeriesRecord>;
}

const US_PER_MS = 1000;
const SERIES_A_STREAM = 999;

export function createSeriesStore(
  db: Database,
  cipher: Cipher,
  { add, afterFlush }: StoreAccess,
): { readonly store: SeriesStore; readonly upkeep: SeriesUpkeep } {
  const write = {
    tick: db.prepare<Cell[]>('INSERT INTO tick (us, stream, body) VALUES (?, ?, ?)'),
    event: db.prepare<Cell[]>('INSERT INTO event (us, body) VALUES (?, ?)'),
  };
  const ticksOf = db.prepare<[number, number], TickRow>(
    'SELECT id, us, stream, body FROM tick WHERE stream = ? ORDER BY id LIMIT ?',
  );
  const shelf = createChunkShelf(db, cipher);
  const open = createOpenTicks(function* read(stream, atMost) {
    for (const row of ticksOf.iterate(stream.code, Number.isFinite(atMost) ? atMost : -1))
      yield tickOf(cipher, row, stream.series.length);
  });
  const events = createRawEvents(db, cipher);
  const rollUp = createRollUp(db, { cipher, shelf, open });
  const erase = createSeriesErasure(db, shelf);
  const reader = createSeriesReader(shelf, open.of);
  const exported = createSeriesExport(db, { shelf, open: open.of, rows: reader.rows });

  return {
    store: {
      addRow: (name, us, values) => {
        const stream = streamOf(name);
        add(write.tick, tickRow(cipher, stream, us, values), name === 'host' || name === 'own' ? 'expendable' : 'kept');
        open.add(stream, { us, values });
      },
      addEvent: (us, event) => add(write.event, eventRow(cipher, us, event), 'expendable'),
      readSeries: (query) => afterFlush(() => reader.series(query)),
      rawEvents: (fromMs, toMs) => afterFlush(() => events.within(fromMs * US_PER_MS, toMs * US_PER_MS)),
    },
    upkeep: {
      rows: (name, fromUs, toUs) => reader.rows(streamOf(name), fromUs, toUs),
      rollUp,
      drop: (trustedUs, wallUs, { historyDays, machineDays }, keeping = FULL_KEEPING) => {
        for (const stream of STREAMS) {
          const most = stream.name === 'host' || stream.name === 'own' ? machineDays : historyDays;
          const series = { from: timesCode(stream), to: timesCode(stream) + SERIES_A_STREAM };
          const before = (days: number, spanUs: number): number =>
            trustedUs - Math.min(days, most) * US_PER_DAY - spanUs;
          // Only whole chunks go: the last rows of a day stay until all of it is too old.
          // What is kept row by row as long as the history is what decisions were made of.
          const figures = stream.rowDays === null ? FULL_KEEPING : keeping;
          const rowDays = stream.rowDays === null ? Infinity : Math.min(stream.rowDays, keeping.rowHours / 24);
          shelf.drop(series, ROW_TIER, before(rowDays, stream.spanUs));
          for (const { code, days, spanUs } of BUCKET_TIERS)
            shelf.drop(series, code, before(daysKept(figures, days), spanUs));
        }
        events.drop(wallUs, keeping.eventMinutes);
      },
      erase: (names, span) => names.reduce((gone, name) => gone + erase(streamOf(name), span), 0),
      eraseEvents: events.erase,
      reload: open.reload,
      exported,
    },
  };
}

/** Of a tier of buckets: the coarsest is the one that lasts as long as the history. */
const daysKept = (keeping: Keeping, days: number): number =>
  Math.min(days, Number.isFinite(days) ? keeping.minuteDays : keeping.figureDays);
