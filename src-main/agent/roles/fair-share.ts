// Which scorers there are and which partitions one of them holds in; how many it gives back or takes out. Pure.

export interface Share {
  /** To give back at the end of the batch. */
  readonly surplus: readonly number[];
  /** How many more it may take. */
  readonly wanted: number;
}

/** Of `partitions`, as evenly as they go: the first in the order of their names have one more. */
export function quotaOf(self: string, scorers: readonly string[], partitions: number): number {
  const all = [...new Set([...scorers, self])].toSorted();
  const each = Math.floor(partitions / all.length);
  return each + (all.indexOf(self) < partitions % all.length ? 1 : 0);
}

export function shareOf(self: string, scorers: readonly string[], held: readonly number[], partitions: number): Share {
  const quota = quotaOf(self, scorers, partitions);
  return { surplus: held.slice(quota), wanted: Math.max(0, quota - held.length) };
}
