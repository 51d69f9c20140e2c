// What learning goes on from, as it is kept with each version: a fifth of its JSON. Statistics in, bytes out, and back. Values are
// rounded to a millionth on their logarithmic scale, a thousandth of what any keyboard's clock can tell.
// As a whole: a Node that has no zstd yet must come as far as the sentence that says that it is too old.
import zlib from 'node:zlib';
import type { GraphStatistics } from './learn/graph-statistics.ts';

const PER_UNIT = 1e6;
/** Begins packed text; no JSON begins so. */
const PACKED = 'zstd ';

/** @param table of the prior that they belong to. */
export function packStatistics(table: string, statistics: GraphStatistics): Uint8Array {
  const types = statistics.types.map((samples) =>
    samples.map((sample) => ({ ...sample, values: stepsOf(sample.values) })),
  );
  return zlib.zstdCompressSync(JSON.stringify({ table, ...statistics, types }));
}

/** @returns JSON as it was before it was packed. @throws Error for bytes that are none of these. */
export function unpackStatistics(packed: Uint8Array): string {
  const { types, ...rest } = JSON.parse(zlib.zstdDecompressSync(packed).toString()) as GraphStatistics;
  const unpacked = types.map((samples) => samples.map((sample) => ({ ...sample, values: valuesOf(sample.values) })));
  return JSON.stringify({ ...rest, types: unpacked });
}

/** Where it has to be text. */
export const statisticsText = (table: string, statistics: GraphStatistics): string =>
  PACKED + Buffer.from(packStatistics(table, statistics)).toString('base64');

/** @param text packed, or the plain JSON of before. @returns JSON. @throws Error for packed text that is damaged. */
export const statisticsJson = (text: string): string =>
  text.startsWith(PACKED) ? unpackStatistics(Buffer.from(text.slice(PACKED.length), 'base64')) : text;

/** Small whole numbers: the values are in the order of their size. */
function stepsOf(values: readonly number[]): number[] {
  let before = 0;
  return values.map((value) => {
    const now = Math.round(value * PER_UNIT);
    const step = now - before;
    before = now;
    return step;
  });
}

function valuesOf(steps: readonly number[]): number[] {
  let now = 0;
  return steps.map((step) => {
    now += step;
    return now / PER_UNIT;
  });
}
