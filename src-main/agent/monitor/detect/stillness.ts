// Points enter, how much longer than ever the value has not moved leaves, once, when it is a multiple that means something: a sensor
// that hangs, a counter that nobody writes any more.

export interface Stillness {
  /** @returns how many times as long as the longest stand so far; 0 for a series that has not shown yet that it moves. */
  readonly push: (x: number) => number;
}

/** A series that moves at nearly every point shows within these that it does. */
const MOVES_WITHIN = 200;
/** Of its points: one that often stands still has nothing to be stuck from. */
const MOVING_SHARE = 0.8;

export function createStillness(): Stillness {
  let seen = 0;
  let moved = 0;
  let last = NaN;
  let still = 0;
  let longest = 1;
  return {
    push: (x) => {
      seen += 1;
      if (x !== last) {
        moved += 1;
        longest = Math.max(longest, still);
        still = 0;
        last = x;
        return 0;
      }
      still += 1;
      return seen >= MOVES_WITHIN && moved >= MOVING_SHARE * seen ? still / longest : 0;
    },
  };
}
