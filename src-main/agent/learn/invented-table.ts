// For tests: the same invented table of features and labels in TypeScript and, beside it, in Python for scikit-learn.
// Additions and products alone, so that both make it to the last bit.

export interface InventedTable {
  readonly rows: Float32Array;
  readonly n: number;
  readonly d: number;
  readonly labels: Uint8Array;
}

/** @param d at least 4. Features are nearly normal with standard deviation 0.58; about half of the labels are 1. */
export function inventTable(n: number, d: number, seed: number): InventedTable {
  const next = congruential(seed);
  const rows = new Float32Array(n * d);
  const labels = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    for (let f = 0; f < d; f++) rows[i * d + f] = next() + next() + next() + next() - 2;
    const [a = 0, b = 0, c = 0, e = 0] = rows.subarray(i * d, i * d + 4);
    const noise = next() + next() - 1;
    const signal = a + b * c - (Math.abs(e) > 0.5 ? 0.5 : 0);
    labels[i] = signal + 0.5 * noise + 0.2 > 0 ? 1 : 0;
  }
  return { rows, n, d, labels };
}

/** Multiplier and increment of Press et al., "Numerical Recipes in C" (1992), section 7.1. */
function congruential(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `table(n, d, seed)` answers the same rows (float32) and labels as {@link inventTable}. */
export const INVENT_TABLE_IN_PYTHON = `
import numpy as np
def congruential(state):
    while True:
        state = (1664525 * state + 1013904223) & 0xffffffff
        yield state / 2**32
def table(n, d, seed):
    draw = congruential(seed)
    rows, labels = np.empty((n, d), np.float32), np.empty(n, int)
    for i in range(n):
        for f in range(d):
            rows[i, f] = np.float32(next(draw) + next(draw) + next(draw) + next(draw) - 2)
        a, b, c, e = rows[i, :4].astype(float)
        noise = next(draw) + next(draw) - 1
        labels[i] = a + b * c - (0.5 if abs(e) > 0.5 else 0) + 0.5 * noise + 0.2 > 0
    return rows, labels
`;
