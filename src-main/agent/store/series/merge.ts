// Rows of a stream in, and the chunks that hold its past; the same chunks with the rows in them out. A chunk that was thought complete
// is opened again when the clock goes back: what comes then is put beside what is there.
import { bucketsBody, bucketsIn, bucketsOf, bucketStart, widened } from './bucket-chunk.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { timesBody, timesOf, valuesBody, valuesOf } from './row-chunk.ts';
import { BUCKET_TIERS, fieldCode, ROW_TIER, timesCode, type BucketTier, type Stream } from './streams.ts';
import { picked, type Ticks } from './tick-table.ts';

/** @param ticks of the stream. @param places of those to be merged, in the order in which they came. */
export function mergeIn(shelf: ChunkShelf, stream: Stream, ticks: Ticks, places: readonly number[]): void {
  const times = ticks.times();
  const chunks = Map.groupBy(places, (at) => bucketStart(times[at] as number, stream.spanUs));
  const groups = [...chunks].map(([fromUs, group]) => {
    const groupTimes = picked(times, group);
    return { group, times: groupTimes, rows: rowsMerger(shelf, stream, fromUs, groupTimes) };
  });
  if (groups.length === 0) return;
  for (const field of stream.series.keys()) {
    const all = ticks.column(field);
    for (const { group, times: groupTimes, rows } of groups) {
      const values = picked(all, group);
      rows.put(field, values);
      for (const tier of BUCKET_TIERS) mergeBuckets(shelf, fieldCode(stream, field), tier, groupTimes, values);
    }
  }
}

/** Puts the times of a chunk's rows, those in it and the new ones, and then the values of a field at a time. */
function rowsMerger(shelf: ChunkShelf, stream: Stream, fromUs: number, fresh: Float64Array) {
  const before = shelf.get(timesCode(stream), ROW_TIER, fromUs);
  const known = before === null ? new Float64Array() : timesOf(before);
  const times = [...known, ...fresh];
  const order = orderOf(times);
  const sorted = <T>(items: ArrayLike<T>): ArrayLike<T> =>
    order === null ? items : Array.from(order, (at) => items[at] as T);
  shelf.put(timesCode(stream), ROW_TIER, fromUs, timesBody(sorted(times)));
  return {
    put: (field: number, values: Float64Array): void => {
      const code = fieldCode(stream, field);
      const old = known.length === 0 ? null : shelf.get(code, ROW_TIER, fromUs);
      const all = new Float64Array(times.length).fill(NaN);
      if (old !== null) all.set(valuesOf(old));
      all.set(values, known.length);
      const body = valuesBody(sorted(all));
      if (body !== null) shelf.put(code, ROW_TIER, fromUs, body);
    },
  };
}

function mergeBuckets(
  shelf: ChunkShelf,
  code: number,
  { code: tier, bucketUs, spanUs }: BucketTier,
  times: Float64Array,
  values: Float64Array,
): void {
  const fresh = bucketsOf(times, values, bucketUs);
  for (const [fromUs, group] of Map.groupBy(fresh, (bucket) => bucketStart(bucket.fromUs, spanUs))) {
    const before = shelf.get(code, tier, fromUs);
    const merged = before === null ? group : widened([...bucketsIn(before, bucketUs), ...group], bucketUs);
    shelf.put(code, tier, fromUs, bucketsBody(merged, bucketUs));
  }
}

/** Places in ascending order of time, those of one time as they came; null where they are in order as they stand. */
function orderOf(times: readonly number[]): readonly number[] | null {
  if (times.every((us, at) => at === 0 || (times[at - 1] as number) <= us)) return null;
  return times.map((_, at) => at).sort((a, b) => (times[a] as number) - (times[b] as number));
}
