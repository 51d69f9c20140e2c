// A series, a span of time and how many points are wanted in; the points out, from the coarsest tier that still has as many.
import { bucketOfOne, bucketsIn, bucketsOf, bucketStart, widened, type Bucket } from './bucket-chunk.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { timesOf, valuesOf } from './row-chunk.ts';
import { BUCKET_TIERS, fieldCode, ROW_TIER, seriesOf, timesCode, type BucketTier, type Stream } from './streams.ts';
import type { Tick } from './tick-row.ts';

export interface SeriesQuery {
  /** `cpu.busyPercent`, `trust.trust`, `keystroke.llr`: those of streams.ts. */
  readonly series: string;
  /** Milliseconds since the epoch, both ends included. */
  readonly fromMs: number;
  readonly toMs: number;
  /** At least 2. */
  readonly maxPoints: number;
}

export interface SeriesPoint {
  /** When its time begins. */
  readonly atMs: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** How many readings it stands for. */
  readonly count: number;
}

export interface SeriesAnswer {
  /** How much time a point stands for; 0: each is one reading. */
  readonly stepMs: number;
  /** Oldest first; none for a time without a reading. */
  readonly points: readonly SeriesPoint[];
}

export interface StreamRows {
  /** Microseconds, ascending. */
  readonly times: readonly number[];
  /** As many for each of the stream's series; NaN where there is none. */
  readonly columns: readonly Float64Array[];
}

export interface SeriesReader {
  /** @throws RangeError for a series that is not kept. */
  readonly series: (query: SeriesQuery) => SeriesAnswer;
  /** Single rows of a span, both ends included; those of one moment in the order in which they came. */
  readonly rows: (stream: Stream, fromUs: number, toUs: number) => StreamRows;
}

const US_PER_MS = 1000;
const US_PER_S = 1e6;

/** @param open the ticks of a stream that are in no chunk yet, in any order. */
export function createSeriesReader(shelf: ChunkShelf, open: (stream: Stream) => readonly Tick[]): SeriesReader {
  /** One field alone is read for a chart, all of them for the history of trust. */
  function rows(
    stream: Stream,
    fromUs: number,
    toUs: number,
    fields = stream.series.map((_, field) => field),
  ): StreamRows {
    const times: number[] = [];
    const columns: number[][] = fields.map(() => []);
    for (const { fromUs: at, body } of shelf.within(timesCode(stream), ROW_TIER, fromUs - stream.spanUs + 1, toUs)) {
      const kept = timesOf(body);
      const bodies = fields.map((field) => shelf.get(fieldCode(stream, field), ROW_TIER, at));
      const values = bodies.map((found) => (found === null ? null : valuesOf(found)));
      for (const [row, us] of kept.entries()) {
        if (us < fromUs || us > toUs) continue;
        times.push(us);
        for (const [i, column] of columns.entries()) column.push(values[i]?.[row] ?? NaN);
      }
    }
    for (const tick of open(stream)) {
      if (tick.us < fromUs || tick.us > toUs) continue;
      times.push(tick.us);
      for (const [i, field] of fields.entries()) columns[i]?.push(tick.values[field] as number);
    }
    const order = times.map((_, at) => at).sort((a, b) => (times[a] as number) - (times[b] as number));
    return {
      times: order.map((at) => times[at] as number),
      columns: columns.map((column) => Float64Array.from(order, (at) => column[at] as number)),
    };
  }

  function buckets(stream: Stream, field: number, tier: BucketTier, fromUs: number, toUs: number): Bucket[] {
    const { code, bucketUs, spanUs } = tier;
    const first = bucketStart(fromUs, bucketUs);
    const found: Bucket[] = [];
    const take = (bucket: Bucket): void => {
      if (bucket.fromUs >= first && bucket.fromUs <= toUs) found.push(bucket);
    };
    for (const { body } of shelf.within(fieldCode(stream, field), code, first - spanUs + 1, toUs))
      bucketsIn(body, bucketUs).forEach(take);
    const ticks = open(stream);
    const times = Float64Array.from(ticks, ({ us }) => us);
    const values = Float64Array.from(ticks, (tick) => tick.values[field] as number);
    bucketsOf(times, values, bucketUs).forEach(take);
    return found;
  }

  /** When the first reading of a tier was made; Infinity without one. */
  function beginning(stream: Stream, field: number, tier: BucketTier | null): number {
    const [series, code] = tier === null ? [timesCode(stream), ROW_TIER] : [fieldCode(stream, field), tier.code];
    const oldest = shelf.oldest(series, code);
    const body = oldest === null ? null : shelf.get(series, code, oldest);
    if (body === null) return Infinity;
    return (tier === null ? timesOf(body)[0] : bucketsIn(body, tier.bucketUs)[0]?.fromUs) ?? Infinity;
  }

  /** The coarsest that is fine enough; but a coarser one where the finer does not go back to where the span begins, and that one does. */
  function tierFor(stream: Stream, field: number, fromUs: number, stepUs: number): BucketTier | null {
    const tiers = [null, ...BUCKET_TIERS];
    let best = tiers.findLastIndex((tier) => tier === null || tier.bucketUs <= stepUs);
    let begins = beginning(stream, field, tiers[best] ?? null);
    for (let at = best + 1; at < tiers.length && begins > fromUs; at++) {
      const tier = tiers[at] as BucketTier;
      const earlier = beginning(stream, field, tier);
      if (earlier < bucketStart(begins, tier.bucketUs)) [best, begins] = [at, earlier];
    }
    return tiers[best] ?? null;
  }

  return {
    rows: (stream, fromUs, toUs) => rows(stream, fromUs, toUs),
    series: ({ series, fromMs, toMs, maxPoints }) => {
      const found = seriesOf(series);
      if (found === null) throw new RangeError(`the history has no series ${series}`);
      const { stream, field } = found;
      const [fromUs, toUs] = [Math.ceil(fromMs * US_PER_MS), Math.floor(toMs * US_PER_MS)];
      // Steps lie on whole multiples of their length, so a span may touch one more of them than fit into it.
      const stepUs = (toUs - fromUs) / Math.max(1, maxPoints - 1);
      const tier = tierFor(stream, field, fromUs, stepUs);
      if (tier !== null) {
        const all = buckets(stream, field, tier, fromUs, toUs);
        const wide = Math.max(1, Math.ceil(stepUs / tier.bucketUs)) * tier.bucketUs;
        return answer(wide, widened(all, wide));
      }
      const { times, columns } = rows(stream, fromUs, toUs, [field]);
      const values = columns[0] as Float64Array;
      const single = times.flatMap((us, at) => {
        const value = values[at] as number;
        return Number.isNaN(value) ? [] : [bucketOfOne(us, value, 1)];
      });
      if (single.length <= maxPoints) return answer(0, single);
      const wide = Math.max(1, Math.ceil(stepUs / US_PER_S)) * US_PER_S;
      return answer(wide, widened(single, wide));
    },
  };
}

const answer = (stepUs: number, buckets: readonly Bucket[]): SeriesAnswer => ({
  stepMs: stepUs / US_PER_MS,
  points: buckets.map(({ fromUs, count, min, mean, max }) => ({ atMs: fromUs / US_PER_MS, min, mean, max, count })),
});
