// Points, each as one of six steps of the known range, enter; how surprising the last five were after what came before leaves, in
// standard deviations of the surprise that this series usually gives. Prediction by partial matching (Cleary and Witten 1984,
// https://doi.org/10.1109/TCOM.1984.1096090): counts of what followed the last q steps, for q from 0 to 8, blended from the shortest to
// the longest; kept in a hash table of fixed size.

export interface ContextNovelty {
  /** @param symbol 0 to 5. @returns standard deviations above the usual, 0 while too little has been seen. */
  readonly push: (symbol: number) => number;
}

export const CONTEXT_SYMBOLS = 6;
const LONGEST_CONTEXT = 8;
const SLOTS = 512;
/** An entry that is in use by another context survives this many attempts to take its place. */
const MOST_AGE = 3;
const MOST_COUNT = 60_000;
const RECENT = 5;
const LEARN_FROM = 100;
const JUDGE_FROM = 20;

export interface NoveltyOptions {
  /** Points over which the usual surprise is known. */
  readonly memory: number;
  /** The least standard deviation of it, and the most surprise of one point, in bits. */
  readonly floor: number;
  readonly most: number;
}

export function createContextNovelty({ memory, floor, most }: NoveltyOptions): ContextNovelty {
  const counts = new Uint16Array(SLOTS * CONTEXT_SYMBOLS);
  const checks = new Uint8Array(SLOTS);
  const ages = new Uint8Array(SLOTS);
  const past = new Uint8Array(LONGEST_CONTEXT);
  const recent = new Float64Array(RECENT);
  let seen = 0;
  let learned = 0;
  let mean = 0;
  let variance = 0;

  /** Takes the slot of a context, or null where it must be left to another one. */
  function claim(hash: number): number | null {
    const slot = hash % SLOTS;
    const check = (hash >>> 24) | 1;
    if (checks[slot] === check) return slot;
    const age = ages[slot] as number;
    if (age > 0) {
      ages[slot] = age - 1;
      return null;
    }
    counts.fill(0, slot * CONTEXT_SYMBOLS, (slot + 1) * CONTEXT_SYMBOLS);
    checks[slot] = check;
    return slot;
  }
  function count(slot: number, symbol: number): void {
    const first = slot * CONTEXT_SYMBOLS;
    if ((counts[first + symbol] as number) >= MOST_COUNT)
      for (let i = first; i < first + CONTEXT_SYMBOLS; i++) counts[i] = (counts[i] as number) >> 1;
    counts[first + symbol] = (counts[first + symbol] as number) + 1;
    if ((ages[slot] as number) < MOST_AGE) ages[slot] = (ages[slot] as number) + 1;
  }
  function total(slot: number): number {
    let sum = 0;
    for (let i = slot * CONTEXT_SYMBOLS; i < (slot + 1) * CONTEXT_SYMBOLS; i++) sum += counts[i] as number;
    return sum;
  }
  /** Bits that the symbol tells; and it is learned. */
  function surpriseOf(symbol: number): number {
    let p = 1 / CONTEXT_SYMBOLS;
    let key = 2_166_136_261;
    for (let order = 0; order <= LONGEST_CONTEXT; order++) {
      if (order > 0) key = Math.imul(key ^ ((past[order - 1] as number) + 1), 16_777_619);
      const slot = claim(mixed(key ^ Math.imul(order, 0x9e37_79b9)));
      if (slot === null) continue;
      p = ((counts[slot * CONTEXT_SYMBOLS + symbol] as number) + p) / (total(slot) + 1);
      count(slot, symbol);
    }
    past.copyWithin(1, 0, LONGEST_CONTEXT - 1);
    past[0] = symbol;
    return Math.min(most, -Math.log2(p));
  }
  return {
    push: (symbol) => {
      const surprise = surpriseOf(symbol);
      recent[seen % RECENT] = surprise;
      seen += 1;
      const have = Math.min(seen, RECENT);
      let lately = 0;
      for (let i = 0; i < have; i++) lately += (recent[i] as number) / have;
      const deviation = Math.max(floor, Math.sqrt(variance));
      const above = learned > JUDGE_FROM ? Math.max(0, (lately - mean) / deviation) : 0;
      if (seen > LEARN_FROM) {
        const weight = Math.max(1 / memory, 1 / (learned + 1));
        const off = surprise - mean;
        mean += weight * off;
        variance += weight * (off * off * (1 - weight) - variance);
        learned += 1;
      }
      return above;
    },
  };
}

/** The end of MurmurHash3 (Appleby): every bit of the input moves every bit of the result. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85eb_ca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
