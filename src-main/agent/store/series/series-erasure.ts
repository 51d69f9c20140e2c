// Streams and a span of time enter; the same database without any reading of them in that span leaves, in chunks as well: those that the
// span cuts are written anew without it. To be called inside a transaction.
import type { Database } from '../driver.ts';
import { bucketsBody, bucketsIn } from './bucket-chunk.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { timesBody, timesOf, valuesBody, valuesOf } from './row-chunk.ts';
import { BUCKET_TIERS, fieldCode, ROW_TIER, timesCode, type BucketTier, type Stream } from './streams.ts';

export interface SeriesSpan {
  /** Microseconds, both ends included; infinite for a span without an end. */
  readonly fromUs: number;
  readonly toUs: number;
}

/** @returns how many readings went: rows that were kept singly, and what the buckets stood for where no rows were left of it. */
export type SeriesErasure = (stream: Stream, span: SeriesSpan) => number;

export function createSeriesErasure(db: Database, shelf: ChunkShelf): SeriesErasure {
  const dropTicks = db.prepare<[number, number, number]>('DELETE FROM tick WHERE stream = ? AND us BETWEEN ? AND ?');

  /** @returns the times that went. */
  function cutRows(stream: Stream, { fromUs, toUs }: SeriesSpan): number {
    let gone = 0;
    for (const { fromUs: chunkUs, body } of shelf.within(
      timesCode(stream),
      ROW_TIER,
      fromUs - stream.spanUs + 1,
      toUs,
    )) {
      const times = timesOf(body);
      const kept = Array.from(times.keys()).filter((at) => !isWithin(times[at] as number, fromUs, toUs));
      if (kept.length === times.length) continue;
      gone += times.length - kept.length;
      const timesLeft = kept.map((at) => times[at] as number);
      replace(timesCode(stream), ROW_TIER, chunkUs, timesLeft.length === 0 ? null : timesBody(timesLeft));
      for (const field of stream.series.keys()) {
        const code = fieldCode(stream, field);
        const old = shelf.get(code, ROW_TIER, chunkUs);
        if (old === null) continue;
        const values = valuesOf(old);
        replace(code, ROW_TIER, chunkUs, valuesBody(kept.map((at) => values[at] as number)));
      }
    }
    return gone;
  }

  /** A bucket that the span only touches goes as a whole: what it says is of all that it stands for. @returns the readings in those that went. */
  function cutBuckets(
    code: number,
    { code: tier, bucketUs, spanUs }: BucketTier,
    { fromUs, toUs }: SeriesSpan,
  ): number {
    let gone = 0;
    for (const { fromUs: chunkUs, body } of shelf.within(code, tier, fromUs - spanUs + 1, toUs)) {
      const buckets = bucketsIn(body, bucketUs);
      const kept = buckets.filter((bucket) => bucket.fromUs > toUs || bucket.fromUs + bucketUs <= fromUs);
      if (kept.length === buckets.length) continue;
      for (const bucket of buckets) if (!kept.includes(bucket)) gone += bucket.count;
      replace(code, tier, chunkUs, kept.length === 0 ? null : bucketsBody(kept, bucketUs));
    }
    return gone;
  }

  function replace(series: number, tier: number, chunkUs: number, body: Uint8Array | null): void {
    if (body === null) shelf.remove(series, tier, chunkUs);
    else shelf.put(series, tier, chunkUs, body);
  }

  return (stream, span) => {
    const ticks = dropTicks.run(stream.code, span.fromUs, span.toUs).changes;
    const rows = cutRows(stream, span);
    const coarse = stream.series.map((_, field) => {
      const gone = BUCKET_TIERS.map((tier) => cutBuckets(fieldCode(stream, field), tier, span));
      return gone.at(-1) ?? 0;
    });
    // Where single rows are dropped after a day, the coarsest tier alone knows how many there were.
    return ticks + (stream.rowDays === null ? rows : Math.max(rows, ...coarse));
  };
}

const isWithin = (us: number, fromUs: number, toUs: number): boolean => us >= fromUs && us <= toUs;
