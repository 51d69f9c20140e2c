// Points enter; whether the mean over minutes or hours is higher than it ever was leaves. A load that has often been there for seconds is
// no news, but may be for an hour; and what creeps up slowly never leaves the known range by much at any point, but does so in an hour:
// so each mean is compared with those that ended before it began.
import { createKnownRange, type KnownRange, type RangeMemory } from './known-range.ts';

export interface Sustained {
  /** @returns the record that stands out most; null for none. */
  readonly push: (x: number) => SustainedRecord | null;
  readonly memory: () => readonly RangeMemory[];
}

export interface SustainedRecord {
  /** Beyond the range, as a share of it. */
  readonly beyond: number;
  readonly mean: number;
  /** The highest mean before. */
  readonly before: number;
  /** Length of the mean. */
  readonly points: number;
}

export interface SustainedOptions {
  /** Of what is watched, in points, rising. */
  readonly spans: readonly number[];
  readonly leak: number;
  /** Distance beyond the range, in the unit of the metric, below which nobody cares. */
  readonly minimum: number;
}

/** So many means side by side before anything can be a record, and about four times as many until it is judged in full. */
const FIRST_SPANS = 6;
const YOUNG_SPANS = 24;

export function createSustained(
  { spans, leak, minimum }: SustainedOptions,
  before?: readonly RangeMemory[],
): Sustained {
  const ranges: readonly KnownRange[] = spans.map((points, i) =>
    createKnownRange({ leak: leak / points, leastWidth: minimum }, before?.[i] ?? null),
  );
  const size = 2 * (spans.at(-1) ?? 0) + 1;
  /** Sums of all points up to each of the last ones. */
  const sums = new Float64Array(size);
  let seen = 0;

  const sumAt = (back: number): number => sums[(seen - back) % size] as number;

  function look(points: number, range: KnownRange): SustainedRecord | null {
    if (seen < 2 * points) return null;
    const mean = (sumAt(0) - sumAt(points)) / points;
    const earlier = (sumAt(points) - sumAt(2 * points)) / points;
    range.push(earlier, earlier);
    const { high, seen: known } = range.memory();
    const spansKnown = known / points;
    if (spansKnown < FIRST_SPANS || mean < high + minimum) return null;
    const strictness = 1 + 2 * Math.exp(-spansKnown / YOUNG_SPANS);
    return { beyond: range.beyond(mean) / strictness, mean, before: high, points };
  }
  return {
    push: (x) => {
      const sum = seen === 0 ? 0 : sumAt(0);
      seen += 1;
      sums[seen % size] = sum + x;
      let most: SustainedRecord | null = null;
      for (const [i, points] of spans.entries()) {
        const record = look(points, ranges[i] as KnownRange);
        if (record !== null && record.beyond > (most?.beyond ?? 0)) most = record;
      }
      return most;
    },
    memory: () => ranges.map((range) => range.memory()),
  };
}
