// Counters that only ever grow enter, what they grow by a second leaves; null where that is not known: the first time, after a
// gap, and after a counter has begun anew (a device that was taken out, a container that started).

/** Width of a counter in the kernel. Those of 64 bits never wrap in practice, so one that falls has begun anew. */
export type CounterBits = 32 | 64;

export interface Counters {
  /** Begins a round of readings. @param elapsedS null: what is counted from now on has no past. */
  readonly begin: (elapsedS: number | null) => void;
  /** What has been added since the round before. */
  readonly added: (key: string, value: number, bits?: CounterBits) => number | null;
  readonly perSecond: (key: string, value: number, bits?: CounterBits) => number | null;
  /** Ends the round: what was not counted in it is forgotten, so that a device that comes back has no past. */
  readonly end: () => void;
}

const WRAP_32 = 2 ** 32;
/** In one interval a counter that wraps adds less than this; one that has begun anew looks like having added more. */
const MOST_ADDED_32 = WRAP_32 / 4;

interface Counted {
  value: number;
  round: number;
}

export function createCounters(): Counters {
  const known = new Map<string, Counted>();
  let round = 0;
  let elapsed: number | null = null;

  const added = (key: string, value: number, bits: CounterBits = 64): number | null => {
    const before = known.get(key);
    if (before === undefined) {
      known.set(key, { value, round });
      return null;
    }
    const since = before.round === round - 1 && elapsed !== null ? growth(before.value, value, bits) : null;
    before.value = value;
    before.round = round;
    return since;
  };
  return {
    begin: (elapsedS) => {
      round += 1;
      elapsed = elapsedS !== null && elapsedS > 0 ? elapsedS : null;
    },
    added,
    perSecond: (key, value, bits) => {
      const since = added(key, value, bits);
      return since === null || elapsed === null ? null : since / elapsed;
    },
    end: () => {
      for (const [key, counted] of known) if (counted.round !== round) known.delete(key);
    },
  };
}

function growth(before: number, now: number, bits: CounterBits): number | null {
  if (now >= before) return now - before;
  if (bits === 64 || before >= WRAP_32) return null;
  const wrapped = now + WRAP_32 - before;
  return wrapped <= MOST_ADDED_32 ? wrapped : null;
}
