// Things by key in, at most so many of them kept: the one that was not asked for longest makes room. What a flood of addresses that
// are seen once costs is this bound, and a count of what had to go.

export interface Bounded<K, V> {
  /** Also says that it is in use. */
  readonly get: (key: K) => V | undefined;
  /** Looks without saying so. */
  readonly peek: (key: K) => V | undefined;
  readonly set: (key: K, value: V) => void;
  readonly delete: (key: K) => void;
  readonly size: () => number;
  /** Least recently used first. */
  readonly entries: () => IterableIterator<[K, V]>;
  /** How many had to make room since the start. */
  readonly evicted: () => number;
}

export function createBounded<K, V>(most: number): Bounded<K, V> {
  // A Map keeps the order in which its keys were added.
  const kept = new Map<K, V>();
  let evicted = 0;
  let newest: K | undefined;
  return {
    get: (key) => {
      const value = kept.get(key);
      // The common case by far: the same one as the last time.
      if (value === undefined || key === newest) return value;
      kept.delete(key);
      kept.set(key, value);
      newest = key;
      return value;
    },
    peek: (key) => kept.get(key),
    set: (key, value) => {
      kept.delete(key);
      kept.set(key, value);
      newest = key;
      if (kept.size <= most) return;
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        evicted += 1;
        return;
      }
    },
    delete: (key) => void kept.delete(key),
    size: () => kept.size,
    entries: () => kept.entries(),
    evicted: () => evicted,
  };
}
