// Partitions in, what lies in them undone, and what was never done, out.
import { partitionKeys } from './partitions.ts';
import { numberOf, type RedisCalls } from './redis-calls.ts';

export interface Backlog {
  /** Entries that nobody has scored yet: what is scored is taken out of the stream. */
  readonly pending: number;
  /** Since the fleet began: entries that went unscored because a stream was full. */
  readonly unscored: number;
}

/** Rejects where Redis does not say. */
export async function readBacklog({ send }: RedisCalls, partitions: readonly number[]): Promise<Backlog> {
  const each = await Promise.all(
    partitions.map(async (partition) => {
      const { entries, counts } = partitionKeys(partition);
      const [length, lost] = await Promise.all([send(['XLEN', entries]), send(['HGET', counts, 'lost'])]);
      return { pending: numberOf(length), unscored: lost === null ? 0 : numberOf(lost) };
    }),
  );
  const sum = (of: (one: Backlog) => number): number => each.reduce((total, one) => total + of(one), 0);
  return { pending: sum(({ pending }) => pending), unscored: sum(({ unscored }) => unscored) };
}
