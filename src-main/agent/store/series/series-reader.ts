// A series, a span of time and how many points are wanted in; the points out, from the coarsest tier that still has as many.
import { bucketOfOne, bucketsIn, bucketsOf, bucketStart, firstBucketUs, widened, type Bucket } from './bucket-chunk.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { timesOf, valuesOf } from './row-chunk.ts';
import { BUCKET_TIERS, fieldCode, ROW_TIER, seriesOf, timesCode, type BucketTier, type Stream } from './streams.ts';
import { picked, type Ticks } from './tick-table.ts';

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
  readonly times: Float64Array;
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
export function createSeriesReader(shelf: ChunkShelf, open: (stream: Stream) => Ticks): SeriesReader {
  /** Those of single chunks, and those that are in none yet. */
  function pieces(stream: Stream, fromUs: number, toUs: number, fields: readonly number[]): Piece[] {
    const found = shelf.within(timesCode(stream), ROW_TIER, fromUs - stream.spanUs + 1, toUs).map((chunk): Piece => {
      const times = timesOf(chunk.body);
      const [first, end] = [placeOf(times, fromUs), placeOf(times, toUs + 1)];
      const columns = fields.map((field) => {
        const body = shelf.get(fieldCode(stream, field), ROW_TIER, chunk.fromUs);
        return body === null ? null : valuesOf(body).subarray(first, end);
      });
      return { times: times.subarray(first, end), columns };
    });
    const ticks = open(stream);
    const times = ticks.times();
    const places = placesWithin(times, fromUs, toUs);
    const columns = fields.map((field) => picked(ticks.column(field), places));
    return [...found, { times: picked(times, places), columns }];
  }

  /** One field alone is read for a chart, all of them for the history of trust. */
  function rows(
    stream: Stream,
    fromUs: number,
    toUs: number,
    fields: readonly number[] = [...stream.series.keys()],
  ): StreamRows {
    const all = pieces(stream, fromUs, toUs, fields);
    const length = all.reduce((sum, piece) => sum + piece.times.length, 0);
    const times = new Float64Array(length);
    const columns = fields.map(() => new Float64Array(length).fill(NaN));
    let at = 0;
    for (const piece of all) {
      times.set(piece.times, at);
      for (const [i, values] of piece.columns.entries()) if (values !== null) columns[i]?.set(values, at);
      at += piece.times.length;
    }
    return inOrder({ times, columns });
  }

  function buckets(stream: Stream, field: number, tier: BucketTier, fromUs: number, toUs: number): Bucket[] {
    const { code, bucketUs, spanUs } = tier;
    const first = bucketStart(fromUs, bucketUs);
    const chunks = shelf.within(fieldCode(stream, field), code, first - spanUs + 1, toUs);
    const ticks = open(stream);
    const found = [
      ...chunks.map(({ body }) => bucketsIn(body, bucketUs)),
      bucketsOf(ticks.times(), ticks.column(field), bucketUs),
    ];
    // A chart of a month has thousands of them, nearly all from chunks that lie in it whole.
    return new Array<Bucket>().concat(...found.map((some) => between(some, first, toUs)));
  }

  /** When the first reading of a tier was made; Infinity without one. */
  function beginning(stream: Stream, field: number, tier: BucketTier | null): number {
    const [series, code] = tier === null ? [timesCode(stream), ROW_TIER] : [fieldCode(stream, field), tier.code];
    const oldest = shelf.oldest(series, code);
    const body = oldest === null ? null : shelf.get(series, code, oldest);
    if (body === null) return Infinity;
    return (tier === null ? timesOf(body)[0] : firstBucketUs(body, tier.bucketUs)) ?? Infinity;
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
      const single: Bucket[] = [];
      for (const [at, us] of times.entries()) {
        const value = values[at] as number;
        if (!Number.isNaN(value)) single.push(bucketOfOne(us, value, 1));
      }
      if (single.length <= maxPoints) return answer(0, single);
      const wide = Math.max(1, Math.ceil(stepUs / US_PER_S)) * US_PER_S;
      return answer(wide, widened(single, wide));
    },
  };
}

interface Piece {
  readonly times: Float64Array;
  /** null for a field that has no value in it. */
  readonly columns: readonly (Float64Array | null)[];
}

/** Of the first that is not before the moment. @param times ascending. */
function placeOf(times: Float64Array, us: number): number {
  const place = times.findIndex((time) => time >= us);
  return place < 0 ? times.length : place;
}

/** Of this span, both ends included, by their times. */
const placesWithin = (times: Float64Array, fromUs: number, toUs: number): number[] =>
  [...times.keys()]
    .filter((at) => (times[at] as number) >= fromUs && (times[at] as number) <= toUs)
    .toSorted((a, b) => (times[a] as number) - (times[b] as number));

/** Those that begin in this time, both ends included. @param buckets ascending. */
function between(buckets: readonly Bucket[], fromUs: number, toUs: number): readonly Bucket[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return buckets;
  if (first.fromUs >= fromUs && last.fromUs <= toUs) return buckets;
  return buckets.filter((bucket) => bucket.fromUs >= fromUs && bucket.fromUs <= toUs);
}

/** A chunk may have been opened again for what is not in it yet. */
function inOrder(rows: StreamRows): StreamRows {
  const { times, columns } = rows;
  if (times.every((us, at) => at === 0 || (times[at - 1] as number) <= us)) return rows;
  const order = Array.from(times.keys()).sort((a, b) => (times[a] as number) - (times[b] as number));
  return { times: picked(times, order), columns: columns.map((values) => picked(values, order)) };
}

const answer = (stepUs: number, buckets: readonly Bucket[]): SeriesAnswer => ({
  stepMs: stepUs / US_PER_MS,
  points: buckets.map(({ fromUs, count, min, mean, max }) => ({ atMs: fromUs / US_PER_MS, min, mean, max, count })),
});
