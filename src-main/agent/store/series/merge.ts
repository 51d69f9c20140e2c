// Rows of a stream in, and the chunks that hold its past; the same chunks with the rows in them out. A chunk that was thought complete
// is opened again when the clock goes back: what comes then is put beside what is there.
import { bucketsBody, bucketsIn, bucketsOf, bucketStart, widened } from './bucket-chunk.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { timesBody, timesOf, valuesBody, valuesOf } from './row-chunk.ts';
import { BUCKET_TIERS, fieldCode, ROW_TIER, timesCode, type BucketTier, type Stream } from './streams.ts';
import type { Tick } from './tick-row.ts';

/** @param ticks of the stream, in the order in which they came. */
export function mergeIn(shelf: ChunkShelf, stream: Stream, ticks: readonly Tick[]): void {
  for (const [fromUs, group] of bySpan(ticks, stream.spanUs)) mergeRows(shelf, stream, fromUs, group);
  const times = ticks.map(({ us }) => us);
  for (let field = 0; field < stream.series.length; field++) {
    const values = ticks.map((tick) => tick.values[field] as number);
    for (const tier of BUCKET_TIERS) mergeBuckets(shelf, fieldCode(stream, field), tier, times, values);
  }
}

function mergeRows(shelf: ChunkShelf, stream: Stream, fromUs: number, ticks: readonly Tick[]): void {
  const before = shelf.get(timesCode(stream), ROW_TIER, fromUs);
  const times = [...(before === null ? [] : timesOf(before)), ...ticks.map(({ us }) => us)];
  const known = times.length - ticks.length;
  const order = inOrder(times);
  const put = (code: number, body: Uint8Array | null): void => {
    if (body !== null) shelf.put(code, ROW_TIER, fromUs, body);
  };
  put(timesCode(stream), timesBody(order.map((at) => times[at] as number)));
  for (let field = 0; field < stream.series.length; field++) {
    const code = fieldCode(stream, field);
    const old = known === 0 ? null : shelf.get(code, ROW_TIER, fromUs);
    const values = new Float64Array(times.length).fill(NaN);
    if (old !== null) values.set(valuesOf(old));
    for (const [i, tick] of ticks.entries()) values[known + i] = tick.values[field] as number;
    put(code, valuesBody(Float64Array.from(order, (at) => values[at] as number)));
  }
}

function mergeBuckets(
  shelf: ChunkShelf,
  code: number,
  { code: tier, bucketUs, spanUs }: BucketTier,
  times: readonly number[],
  values: readonly number[],
): void {
  const fresh = bucketsOf(times, values, bucketUs);
  for (const [fromUs, group] of bySpan(
    fresh.map((bucket) => ({ ...bucket, us: bucket.fromUs })),
    spanUs,
  )) {
    const before = shelf.get(code, tier, fromUs);
    const merged = before === null ? group : widened([...bucketsIn(before, bucketUs), ...group], bucketUs);
    shelf.put(code, tier, fromUs, bucketsBody(merged, bucketUs));
  }
}

function bySpan<T extends { readonly us: number }>(items: readonly T[], spanUs: number): Map<number, T[]> {
  return Map.groupBy(items, ({ us }) => bucketStart(us, spanUs));
}

/** Places in ascending order of time; those of one time stay as they came. */
function inOrder(times: readonly number[]): readonly number[] {
  const places = Array.from(times, (_, at) => at);
  return places.sort((a, b) => (times[a] as number) - (times[b] as number));
}
