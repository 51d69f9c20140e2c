// Points, each as one of eight steps of the known range, enter; how unlike every earlier stretch the last 24 were leaves: the smallest
// G statistic against the histograms that are kept. Wang et al. (2011), "Statistical techniques for online anomaly detection in data
// centers", https://doi.org/10.1109/INM.2011.5990537, section III-C.

export interface ShapeNovelty {
  /** @param symbol 0 to 7. @returns G, 0 while there is nothing to compare with. */
  readonly push: (symbol: number) => number;
}

export const SHAPE_SYMBOLS = 8;
const STRETCH = 24;
const KEPT = 64;
/** A stretch further than this from all others is kept as one of its own; of chi-squared with 7 degrees of freedom, 1 in 100. */
const NEW_FROM = 18.5;
/** What a step that never occurred in a histogram counts as. */
const FLOOR = 0.02;

export function createShapeNovelty(): ShapeNovelty {
  const symbols = new Uint8Array(STRETCH);
  const counts = new Uint8Array(SHAPE_SYMBOLS);
  const kept = new Uint8Array(KEPT * SHAPE_SYMBOLS);
  let seen = 0;
  let have = 0;
  let next = 0;
  /** With the floor under each of its eight steps a histogram sums up to this. */
  const scale = (STRETCH + SHAPE_SYMBOLS * FLOOR) / STRETCH;

  function distance(first: number): number {
    let g = 0;
    for (let k = 0; k < SHAPE_SYMBOLS; k++) {
      const n = counts[k] as number;
      if (n > 0) g += n * Math.log((n * scale) / ((kept[first + k] as number) + FLOOR));
    }
    return 2 * g;
  }
  return {
    push: (symbol) => {
      const at = seen % STRETCH;
      const full = seen >= STRETCH;
      if (full) counts[symbols[at] as number] = (counts[symbols[at] as number] as number) - 1;
      symbols[at] = symbol;
      counts[symbol] = (counts[symbol] as number) + 1;
      seen += 1;
      if (!full) return 0;
      let nearest = have === 0 ? 0 : Infinity;
      for (let i = 0; i < have; i++) nearest = Math.min(nearest, distance(i * SHAPE_SYMBOLS));
      if (have === 0 || nearest > NEW_FROM) {
        kept.set(counts, next * SHAPE_SYMBOLS);
        next = (next + 1) % KEPT;
        have = Math.min(have + 1, KEPT);
      }
      return nearest;
    },
  };
}
