// Names with their times in, how many different ones came within the window out; a few dozen are told apart, more count as "many".

export interface Recent {
  readonly most: number;
  /** When each came last, oldest first. */
  readonly lastMs: Map<string, number>;
  /** The last of them. */
  newest: string | null;
}

export const recentOf = (most: number): Recent => ({ most, lastMs: new Map(), newest: null });

export function see(recent: Recent, name: string, atMs: number): void {
  const { most, lastMs } = recent;
  // Most come several times in a row, and then the order is what it was.
  if (recent.newest !== name) {
    recent.newest = name;
    lastMs.delete(name);
  }
  lastMs.set(name, atMs);
  if (lastMs.size <= most) return;
  for (const oldest of lastMs.keys()) {
    lastMs.delete(oldest);
    return;
  }
}

/** Different names since `fromMs`; forgets those before. At most `most`. */
export function countSince({ lastMs }: Recent, fromMs: number): number {
  for (const [name, atMs] of lastMs) {
    if (atMs > fromMs) break;
    lastMs.delete(name);
  }
  return lastMs.size;
}
