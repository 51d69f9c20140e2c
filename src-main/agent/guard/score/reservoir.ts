// Vectors of what was no alert in, so many of them kept out, to learn from: an even sample of all that came (Vitter's algorithm R,
// https://doi.org/10.1145/3147.3165), in which the newest count a little more, so that a machine may change its ways.
import { FEATURE_COUNT } from '../features/log-features.ts';
import type { Random } from '../../learn/random.ts';

export interface Reservoir {
  /** @returns the slot that was written; null where the vector was not kept. */
  readonly offer: (row: Float32Array) => number | null;
  readonly rows: () => Float32Array;
  readonly row: (slot: number) => Float32Array;
  readonly kept: () => number;
  /** Vectors that were ever offered. */
  readonly seen: () => number;
}

/** From so many times its size on, a new vector is kept with a chance that does not fall any more. */
const FORGETS_AFTER = 16;

export function createReservoir(
  size: number,
  random: Pick<Random, 'uniform'>,
  restored: { readonly rows: readonly Float32Array[]; readonly seen: number } = { rows: [], seen: 0 },
): Reservoir {
  const all = new Float32Array(size * FEATURE_COUNT);
  let kept = 0;
  let seen = restored.seen;
  for (const row of restored.rows.slice(0, size)) all.set(row, kept++ * FEATURE_COUNT);

  return {
    offer: (row) => {
      seen += 1;
      const slot = kept < size ? kept++ : Math.floor(random.uniform() * Math.min(seen, size * FORGETS_AFTER));
      if (slot >= size) return null;
      all.set(row, slot * FEATURE_COUNT);
      return slot;
    },
    rows: () => all.slice(0, kept * FEATURE_COUNT),
    row: (slot) => all.slice(slot * FEATURE_COUNT, (slot + 1) * FEATURE_COUNT),
    kept: () => kept,
    seen: () => seen,
  };
}
