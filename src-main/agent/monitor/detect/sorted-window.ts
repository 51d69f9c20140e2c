// Points enter one by one, the quantiles of the last ones leave: a ring beside the same values in order, O(log n) to find a place and
// one short move of memory to make it.

export interface SortedWindow {
  readonly push: (x: number) => void;
  /** Between neighbours by their distance (Hyndman and Fan's definition 7, that of numpy). 0 before the first point. */
  readonly quantile: (share: number) => number;
  readonly count: () => number;
}

/** @param capacity points that it keeps. */
export function createSortedWindow(capacity: number): SortedWindow {
  const ring = new Float64Array(capacity);
  const sorted = new Float64Array(capacity);
  let count = 0;
  let head = 0;

  /** Of the first value that is not below x. */
  function placeOf(x: number): number {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as number) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  return {
    push: (x) => {
      if (count === capacity) {
        const gone = placeOf(ring[head] as number);
        sorted.copyWithin(gone, gone + 1, count);
        count -= 1;
      }
      const place = placeOf(x);
      sorted.copyWithin(place + 1, place, count);
      sorted[place] = x;
      count += 1;
      ring[head] = x;
      head = (head + 1) % capacity;
    },
    quantile: (share) => {
      if (count === 0) return 0;
      const position = share * (count - 1);
      const index = Math.floor(position);
      const below = sorted[index] as number;
      const above = index + 1 < count ? (sorted[index + 1] as number) : below;
      return below + (above - below) * (position - index);
    },
    count: () => count,
  };
}
