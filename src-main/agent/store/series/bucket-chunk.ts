// Buckets of one series in, one body out, and back: of each how many values it holds, the least, their mean and the greatest.
import { levelOf, valueOf } from './level.ts';
import { numberReader, numberWriter } from './packed-numbers.ts';

export interface Bucket {
  /** When it begins, microseconds. */
  readonly fromUs: number;
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

export const bucketStart = (us: number, bucketUs: number): number => Math.floor(us / bucketUs) * bucketUs;

/** Of a value by itself. */
export const bucketOfOne = (us: number, value: number, bucketUs: number): Bucket => ({
  ...{ fromUs: bucketStart(us, bucketUs), count: 1 },
  ...{ min: value, mean: value, max: value },
});

/** Two of the same time, as if their values had come into one. */
export function joined(a: Bucket, b: Bucket): Bucket {
  const count = a.count + b.count;
  return {
    ...{ fromUs: a.fromUs, count },
    min: Math.min(a.min, b.min),
    mean: a.mean + ((b.mean - a.mean) * b.count) / count,
    max: Math.max(a.max, b.max),
  };
}

interface Sum {
  readonly fromUs: number;
  count: number;
  min: number;
  sum: number;
  max: number;
}

/** @param values NaN where there is none. @returns ascending, none without a value. */
export function bucketsOf(times: ArrayLike<number>, values: ArrayLike<number>, bucketUs: number): Bucket[] {
  const found = new Map<number, Sum>();
  // Most come in order, a minute or five of them in a row.
  let bucket: Sum | undefined;
  for (let i = 0; i < times.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const fromUs = bucketStart(times[i] as number, bucketUs);
    if (bucket?.fromUs !== fromUs) {
      bucket = found.get(fromUs) ?? { fromUs, count: 0, min: Infinity, sum: 0, max: -Infinity };
      found.set(fromUs, bucket);
    }
    bucket.count += 1;
    bucket.sum += value;
    if (value < bucket.min) bucket.min = value;
    if (value > bucket.max) bucket.max = value;
  }
  return [...found.values()]
    .map(({ fromUs, count, min, sum, max }) => ({ fromUs, count, min, mean: sum / count, max }))
    .toSorted((a, b) => a.fromUs - b.fromUs);
}

/** Buckets of wider ones. @param buckets in any order, also several of the same time. @returns ascending. */
export function widened(buckets: readonly Bucket[], bucketUs: number): readonly Bucket[] {
  if (areAscending(buckets, bucketUs)) return buckets;
  const found = new Map<number, Bucket>();
  for (const bucket of buckets) {
    const fromUs = bucketStart(bucket.fromUs, bucketUs);
    const known = found.get(fromUs);
    found.set(fromUs, known === undefined ? { ...bucket, fromUs } : joined(known, bucket));
  }
  return [...found.values()].toSorted((a, b) => a.fromUs - b.fromUs);
}

/** Each by itself in a bucket of that length, and where that begins: nothing is to be done. */
function areAscending(buckets: readonly Bucket[], bucketUs: number): boolean {
  let before = -Infinity;
  for (const { fromUs } of buckets) {
    if (fromUs <= before || fromUs % bucketUs !== 0) return false;
    before = fromUs;
  }
  return true;
}

/** @param buckets ascending, of one length. */
export function bucketsBody(buckets: readonly Bucket[], bucketUs: number): Uint8Array {
  const { put, bytes } = numberWriter();
  put(buckets.length);
  let before = 0;
  for (const { fromUs } of buckets) {
    const place = fromUs / bucketUs;
    put(place - before);
    before = place;
  }
  before = 0;
  for (const { count } of buckets) {
    put(count - before);
    before = count;
  }
  before = 0;
  for (const { mean } of buckets) {
    const level = levelOf(mean);
    put(level - before);
    before = level;
  }
  // Levels keep the order of values, so these are never negative; and both are small where little moves.
  for (const { min, mean } of buckets) put(levelOf(mean) - levelOf(min));
  for (const { mean, max } of buckets) put(levelOf(max) - levelOf(mean));
  return bytes();
}

/** When the first bucket of a body begins; undefined for one without any. */
export function firstBucketUs(body: Uint8Array, bucketUs: number): number | undefined {
  const next = numberReader(body);
  return next() === 0 ? undefined : next() * bucketUs;
}

export function bucketsIn(body: Uint8Array, bucketUs: number): Bucket[] {
  const next = numberReader(body);
  const length = next();
  const plain = (): Float64Array => {
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++) values[i] = next();
    return values;
  };
  const summed = (): Float64Array => {
    const values = new Float64Array(length);
    for (let i = 0, sum = 0; i < length; i++) values[i] = sum += next();
    return values;
  };
  const [places, counts, means, below, above] = [summed(), summed(), summed(), plain(), plain()];
  const buckets: Bucket[] = [];
  for (let i = 0; i < length; i++) {
    const mean = means[i] as number;
    buckets.push({
      fromUs: (places[i] as number) * bucketUs,
      count: counts[i] as number,
      min: valueOf(mean - (below[i] as number)),
      mean: valueOf(mean),
      max: valueOf(mean + (above[i] as number)),
    });
  }
  return buckets;
}
