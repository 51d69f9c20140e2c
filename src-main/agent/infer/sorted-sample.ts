// Numbers in and out, one at a time, of a window that moves on; their order statistics out at any moment, without sorting again.
import { at } from '../features/distribution.ts';

export interface SortedSample {
  readonly count: () => number;
  /** @param value no NaN, and no more of them than the capacity */
  readonly add: (value: number) => void;
  /** @param value one that was added and not removed since */
  readonly remove: (value: number) => void;
  /** The same as `remove` and then `add`, at a third of the cost. */
  readonly replace: (old: number, value: number) => void;
  /** As `quantile` of features/distribution.ts, to the last bit. @param share 0 to 1. NaN for no values. */
  readonly quantile: (share: number) => number;
  readonly clear: () => void;
}

/** Insertion into a sorted row: of windows as short as these, moving a few dozen numbers costs less than any tree. */
export function sortedSample(capacity: number): SortedSample {
  const sorted = new Float64Array(capacity);
  let count = 0;

  /** The first place whose number is not below the value: `count` where there is none. */
  const placeOf = (value: number): number => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at(sorted, middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** Takes the number at this place for the value, and brings it to where that belongs. */
  const settle = (from: number, value: number): void => {
    let place = from;
    for (; place > 0 && at(sorted, place - 1) > value; place -= 1) sorted[place] = at(sorted, place - 1);
    for (; place + 1 < count && at(sorted, place + 1) < value; place += 1) sorted[place] = at(sorted, place + 1);
    sorted[place] = value;
  };

  return {
    count: () => count,
    add: (value) => {
      count += 1;
      settle(count - 1, value);
    },
    remove: (value) => {
      sorted.copyWithin(placeOf(value), placeOf(value) + 1, count);
      count -= 1;
    },
    replace: (old, value) => settle(placeOf(old), value),
    quantile: (share) => {
      if (count === 0) return Number.NaN;
      const position = share * (count - 1);
      const below = Math.floor(position);
      const low = at(sorted, below);
      return position === below ? low : low + (position - below) * (at(sorted, below + 1) - low);
    },
    clear: () => {
      count = 0;
    },
  };
}
